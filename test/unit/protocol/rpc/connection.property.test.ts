import fc from 'fast-check';
import { expect, it } from 'vitest';
import { connect } from '../../../../src/protocol/rpc/connection.ts';
import { STREAM_WINDOW } from '../../../../src/protocol/rpc/messages.ts';
import { LinkPair, type End } from './linkPair.ts';

interface Service {
  /** Settles when the test says so. */
  call(id: number, signal: AbortSignal): Promise<string>;
  /** Yields `id/0`, `id/1` … whenever the test says so, and returns or throws after `length` items. */
  stream(id: number, length: number, fails: boolean, signal: AbortSignal): AsyncGenerator<string, string>;
  event(id: number): void;
}

type Step =
  | { readonly do: 'call' | 'event' | 'tick' }
  | { readonly do: 'stream'; readonly length: number; readonly fails: boolean }
  | { readonly do: 'deliver'; readonly to: End; readonly count: number }
  | { readonly do: 'answer' | 'refuse' | 'produce' | 'read' | 'leave' | 'abort'; readonly at: number }
  | { readonly do: 'close'; readonly end: 'near' | 'far' };

const at = fc.nat({ max: 7 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('call', 'event', 'tick') }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('stream'), length: fc.nat({ max: 90 }), fails: fc.boolean() }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('deliver'),
      to: fc.constantFrom<End>('left', 'right'),
      count: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constantFrom('produce', 'read'), at }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('answer', 'refuse', 'leave', 'abort'), at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close'), end: fc.constantFrom('near', 'far') }) },
);
const steps = fc.array(anyStep, { maxLength: 120, size: 'max' });

const GONE = new Error('gone');

/** Something that was started at the near end, and what became of it there. */
interface Task {
  readonly id: number;
  readonly controller: AbortController;
  readonly stream: AsyncGenerator<string, string> | undefined;
  readonly items: string[];
  /** How it ended: a value, or an error. */
  outcome: { readonly value: unknown } | { readonly error: unknown } | undefined;
  reading: Promise<void> | undefined;
  isLeft: boolean;
}

/** What runs at the far end. */
class Job {
  readonly answer = Promise.withResolvers<string>();
  produced = 0;
  hasEnded = false;
  #allowed = 0;
  #wake: (() => void) | undefined;

  allow(items: number): void {
    this.#allowed += items;
    this.#wake?.();
  }

  async turn(): Promise<void> {
    while (this.produced >= this.#allowed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

class Run {
  readonly links = new LinkPair();
  readonly tasks: Task[] = [];
  readonly jobs = new Map<number, Job>();
  readonly started: number[] = [];
  readonly sent: number[] = [];
  #lastId = 0;
  readonly near = connect<Service>(this.links.left, {
    kinds: { stream: 'stream', event: 'event' },
    serve: () => ({}),
    onEventError: () => undefined,
  });
  readonly far = connect<object>(this.links.right, {
    kinds: {},
    serve: () => this.#service(),
    onEventError: () => undefined,
  });

  async step(step: Step): Promise<void> {
    switch (step.do) {
      case 'call': {
        const task = this.#begin(undefined);
        void this.#watch(task, this.near.remote.call(task.id, task.controller.signal));
        break;
      }
      case 'stream': {
        const controller = new AbortController();
        const id = this.#lastId + 1;
        const { length, fails } = step;
        this.#begin(this.near.remote.stream(id, length, fails, controller.signal), controller);
        break;
      }
      case 'event':
        if (!this.near.isClosed) this.sent.push(++this.#lastId);
        this.near.remote.event(this.#lastId);
        break;
      case 'deliver':
        for (let count = 0; count < step.count && this.links.deliver(step.to); count++) await tick();
        break;
      case 'tick':
        await tick();
        break;
      case 'close':
        this[step.end].close(GONE);
        break;
      default:
        this.#act(step.do, step.at);
    }
    this.#checkWindow();
  }

  /** Everything that can still happen happens: half of the streams are read to their end. Then nothing is left. */
  async finish(): Promise<void> {
    for (const task of this.tasks) {
      this.#act('answer', task.id);
      if (task.id % 2 === 0) void this.#readToTheEnd(task);
      else this.#act('leave', task.id);
    }
    const finishJobs = async () => {
      await this.links.settle();
      for (const job of this.jobs.values()) job.allow(Infinity);
      for (const job of this.jobs.values()) job.answer.resolve('late');
      await this.links.settle();
    };
    await finishJobs();
    // An end of a link cannot know that the other one is closed: its owner tells it.
    if (this.near.isClosed || this.far.isClosed) {
      this.near.close(GONE);
      this.far.close(GONE);
      await finishJobs();
    }
  }

  #service(): Service {
    const { jobs, started } = this;
    const begin = (id: number) => {
      const job = new Job();
      jobs.set(id, job);
      started.push(id);
      return job;
    };
    return {
      call: (id) => begin(id).answer.promise,
      stream: (id, length, fails) => {
        const job = begin(id);
        return produce(job, id, length, fails);
      },
      event: (id) => void started.push(id),
    };
  }

  #begin(stream: Task['stream'], controller = new AbortController()): Task {
    const id = ++this.#lastId;
    const task = { id, controller, stream, items: [], outcome: undefined, reading: undefined, isLeft: false };
    if (!stream && !this.near.isClosed) this.sent.push(id);
    this.tasks.push(task);
    return task;
  }

  async #watch(task: Task, call: Promise<unknown>): Promise<void> {
    try {
      task.outcome = { value: await call };
    } catch (error) {
      task.outcome = { error };
    }
  }

  #act(action: Extract<Step, { readonly at: number }>['do'], nth: number): void {
    const task = this.tasks.find(({ id }) => id === nth) ?? this.tasks[nth];
    if (!task) return;
    const job = this.jobs.get(task.id);
    switch (action) {
      case 'answer':
        job?.answer.resolve(`answer ${task.id}`);
        break;
      case 'refuse':
        if (!task.stream) job?.answer.reject(new Error(`refusal ${task.id}`));
        break;
      case 'produce':
        job?.allow(7);
        break;
      case 'abort':
        task.controller.abort(new Error(`abort ${task.id}`));
        break;
      case 'read':
        this.#read(task);
        break;
      case 'leave':
        task.isLeft = true;
        if (!task.reading) void task.stream?.return('left');
        break;
    }
  }

  #read(task: Task): void {
    const { stream, items, controller } = task;
    if (!stream || task.reading || task.isLeft || task.outcome) return;
    if (items.length === 0 && !this.near.isClosed && !controller.signal.aborted) this.sent.push(task.id);
    task.reading = this.#readOne(task, stream);
  }

  async #readOne(task: Task, stream: NonNullable<Task['stream']>): Promise<void> {
    try {
      const { done, value } = await stream.next();
      if (done === true) task.outcome = { value };
      else task.items.push(value);
    } catch (error) {
      task.outcome = { error };
    }
    task.reading = undefined;
    // Whoever leaves while it reads gets that far.
    if (task.isLeft) await stream.return('left');
  }

  async #readToTheEnd(task: Task): Promise<void> {
    while (task.stream && !task.outcome && !task.isLeft) {
      this.#read(task);
      await task.reading;
    }
  }

  #checkWindow(): void {
    for (const { id, items } of this.tasks) {
      expect(this.jobs.get(id)?.produced ?? 0).toBeLessThanOrEqual(items.length + STREAM_WINDOW);
    }
  }
}

async function* produce(
  job: Job,
  id: number,
  length: number,
  fails: boolean,
): AsyncGenerator<string, string> {
  try {
    while (job.produced < length) {
      await job.turn();
      yield `${id}/${job.produced++}`;
    }
    if (fails) throw new Error(`failure ${id}`);
    return `end ${id}`;
  } finally {
    job.hasEnded = true;
  }
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

function check(run: Run): void {
  expect(run.near.pending).toBe(0);
  expect(run.far.pending).toBe(0);
  // In order, and nothing but what was sent: the last may not have arrived when a link failed.
  expect(run.started).toEqual(run.sent.slice(0, run.started.length));
  for (const { id, items, outcome, stream, reading, isLeft, controller } of run.tasks) {
    expect(reading).toBeUndefined();
    if (stream && id % 2 === 0 && !isLeft) expect(outcome).toBeDefined();
    const job = run.jobs.get(id);
    expect(items).toEqual(Array.from({ length: items.length }, (_, index) => `${id}/${index}`));
    if (!stream) expect(outcome).toBeDefined();
    else if (job) expect(job.hasEnded).toBe(true);
    if (!outcome) continue;
    const said = 'value' in outcome ? String(outcome.value) : (outcome.error as Error).message;
    expect([
      `answer ${id}`,
      'late',
      `refusal ${id}`,
      `end ${id}`,
      `failure ${id}`,
      `abort ${id}`,
      'gone',
    ]).toContain(said);
    if (said === `end ${id}` || said === `failure ${id}`) expect(items).toHaveLength(job?.produced ?? -1);
    if (said === `abort ${id}`) expect(outcome).toEqual({ error: controller.signal.reason as unknown });
  }
}

it(
  'ends every call and every stream once, in order and without a trace, whatever happens in between',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const run = new Run();
        for (const step of all) await run.step(step);
        await run.finish();
        check(run);
      }),
      { numRuns: 300 },
    );
  },
);
