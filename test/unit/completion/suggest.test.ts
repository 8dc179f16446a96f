import { describe, expect, test } from 'vitest';
import { suggest } from '../../../src/core/completion/suggest.ts';
import type { CompletionSource, Proposal } from '../../../src/core/ports/completionSource.ts';
import { suggestEdit } from '../../../src/core/text/textEdit.ts';

const request = { path: 'a.ts', text: 'foo(', offset: 4 };

function proposalOf(source: string, text: string, confidence = 0.5): Proposal {
  return {
    edit: suggestEdit('a.ts', request.text, [{ startOffset: 4, endOffset: 4, text }]),
    confidence,
    provenance: { source, settings: '', latencyMs: 0 },
  };
}

/** A source that says what it is told to, when it is told to. */
class Spoken {
  readonly #gate: Promise<void>[] = [];
  readonly source: CompletionSource;
  isEnded = false;
  #open: () => void = () => undefined;

  constructor(id: string, ...texts: readonly string[]) {
    this.#close();
    const propose = async function* (
      this: Spoken,
      _: unknown,
      signal: AbortSignal,
    ): AsyncGenerator<Proposal> {
      try {
        for (const text of texts) {
          await Promise.race([this.#gate.at(-1), aborted(signal)]);
          this.#close();
          yield proposalOf(id, text);
        }
      } finally {
        this.isEnded = true;
      }
    };
    this.source = { id, propose: propose.bind(this) };
  }

  speak(): void {
    this.#open();
  }

  #close(): void {
    this.#gate.push(new Promise((resolve) => (this.#open = resolve)));
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

const quick = (id: string, ...texts: readonly string[]): CompletionSource => ({
  id,
  // eslint-disable-next-line @typescript-eslint/require-await -- waits for nothing
  async *propose() {
    for (const text of texts) yield proposalOf(id, text);
  },
});

function ask(
  sources: readonly CompletionSource[],
  more: { isCurrent?: () => boolean; signal?: AbortSignal } = {},
) {
  const warnings: string[] = [];
  const { isCurrent = () => true, signal = new AbortController().signal } = more;
  const log = { warn: (message: string) => void warnings.push(message) };
  return { answers: suggest(request, { sources, version: 1, isCurrent, log }, signal), warnings };
}

async function textsOf(answers: AsyncIterable<Proposal>): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const { edit } of answers) texts.push(edit.changes[0].text);
  return texts;
}

describe('suggest', () => {
  test('gives the proposal of one source, and nothing when it is silent or there is none', async () => {
    expect(await textsOf(ask([quick('workspace', 'bar')]).answers)).toEqual(['bar']);
    expect(await textsOf(ask([quick('workspace')]).answers)).toEqual([]);
    expect(await textsOf(ask([]).answers)).toEqual([]);
  });

  test('does not wait for a slow source to show what a quick one says', async () => {
    const slow = new Spoken('model', 'bar, baz');
    const { answers } = ask([quick('workspace', 'bar'), slow.source]);
    expect((await answers.next()).value).toMatchObject({ provenance: { source: 'workspace' } });
    const next = answers.next();
    slow.speak();
    expect((await next).value).toMatchObject({ provenance: { source: 'model' } });
    expect((await answers.next()).done).toBe(true);
  });

  test('gives several refinements of one source in order', async () => {
    const { answers } = ask([quick('model', 'a', 'ab', 'x', 'abc')]);
    expect(await textsOf(answers)).toEqual(['a', 'ab', 'abc']);
  });

  test('ends the work of all sources when the reader leaves', async () => {
    const slow = new Spoken('model', 'bar, baz');
    const { answers, warnings } = ask([quick('workspace', 'bar'), slow.source]);
    for await (const proposal of answers) {
      expect(proposal.provenance.source).toBe('workspace');
      break;
    }
    await expect.poll(() => slow.isEnded).toBe(true);
    expect(warnings).toEqual([]);
  });

  test('rejects with the reason of its signal, even when a source takes no notice', async () => {
    const controller = new AbortController();
    const deaf = {
      id: 'deaf',
      propose: () => ({
        [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
      }),
    };
    const slow = new Spoken('model', 'bar');
    const { answers } = ask([deaf, slow.source], { signal: controller.signal });
    const next = answers.next();
    controller.abort(new Error('typed on'));
    await expect(next).rejects.toThrow('typed on');
    await expect.poll(() => slow.isEnded).toBe(true);
  });

  test('misses a source that fails, and says so', async () => {
    const broken: CompletionSource = {
      id: 'broken',
      // eslint-disable-next-line @typescript-eslint/require-await -- fails before it says anything
      async *propose() {
        throw new Error('out of order');
      },
    };
    const { answers, warnings } = ask([broken, quick('workspace', 'bar')]);
    expect(await textsOf(answers)).toEqual(['bar']);
    expect(warnings).toEqual(['No suggestion of broken']);
  });

  test('says no more once the document has changed', async () => {
    let isCurrent = true;
    const slow = new Spoken('model', 'bar, baz');
    const { answers } = ask([quick('workspace', 'bar'), slow.source], { isCurrent: () => isCurrent });
    await answers.next();
    isCurrent = false;
    const next = answers.next();
    slow.speak();
    expect((await next).done).toBe(true);
    await expect.poll(() => slow.isEnded).toBe(true);
  });
});
