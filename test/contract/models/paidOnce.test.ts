import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { IndexerEngine } from '../../../src/engine/indexer/indexerEngine.ts';
import type { EngineConfig, IndexStatus } from '../../../src/protocol/engine.ts';
import { ModelServer, type Answer, type Exchange } from '../../support/modelServer.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { startScript } from '../../support/startScript.ts';

const PAID_INDEXER = new URL('./children/paidIndexer.ts', import.meta.url);
/** Of one chunk each; a server of one's own takes 32 at a time. */
const FILES = 300;

let base: string;
let root: string;
let server: ModelServer;
let statuses: IndexStatus[];
/** Every text that the server gave back a vector for. */
let paid: string[];
let open: IndexerEngine[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-paid-'));
  root = join(base, 'workspace');
  await mkdir(root);
  for (let at = 0; at < FILES; at++) await writeFile(join(root, `part${String(at)}.ts`), sourceOf(at));
  server = await ModelServer.start();
  server.answer(embeds());
  [statuses, paid, open] = [[], [], []];
});

afterEach(async () => {
  for (const engine of open) await engine.close();
  await server.close();
  await rm(base, { recursive: true });
});

function sourceOf(at: number, word = 'value'): string {
  return `export function ${word}${String(at)}(times: number) {\n  return times * ${String(at)};\n}\n`;
}

function configOf(model = 'small', folder = root): EngineConfig {
  return {
    folders: [{ root: folder, store: join(base, `store of ${folder.replaceAll('/', ' ')}`) }],
    ledger: join(base, 'signals.sqlite'),
    embedding: {
      model: { provider: 'compatible', model, baseUrl: `${server.url}/v1` },
      cache: join(base, 'embeddings.sqlite'),
    },
  };
}

const inputOf = ({ body }: Exchange) => body['input'] as readonly string[];

/** Answers with vectors as `change` would have them, and notes what is paid for. */
function embeds(change: (data: object[], exchange: Exchange) => object[] = (data) => data): Answer {
  return (exchange) => {
    const texts = inputOf(exchange);
    const data = change(
      texts.map((text, index) => ({ index, embedding: [text.length, text.charCodeAt(20) || 1, 1] })),
      exchange,
    );
    paid.push(...texts);
    exchange.response.writeHead(200, { 'content-type': 'application/json' });
    exchange.response.end(JSON.stringify({ data }));
  };
}

function refuses(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return ({ response }) => {
    response.writeHead(status, headers);
    response.end();
  };
}

async function index(config = configOf()): Promise<Extract<IndexStatus, { state: 'ready' }>> {
  const host = {
    indexStatus: (_: string, status: IndexStatus) => void statuses.push(status),
    committed: () => undefined,
  };
  const engine = new IndexerEngine(host, silentLogger);
  open.push(engine);
  await engine.open(config);
  await engine.refresh({ fromScratch: false });
  await engine.close();
  const last = statuses.at(-1);
  if (last?.state !== 'ready') throw new Error(`ended as ${String(last?.state)}`);
  return last;
}

/** How many texts were paid for more than once. */
const twice = () => paid.length - new Set(paid).size;

describe('a workspace that is embedded for money', () => {
  test('has several requests under way, none above the limits', async () => {
    let [running, most] = [0, 0];
    const several = Promise.withResolvers<undefined>();
    const embed = embeds();
    server.answer(async (exchange) => {
      most = Math.max(most, ++running);
      if (running > 2) several.resolve(undefined);
      // The first for the dims; then two that go well, after which there may be more.
      if (server.exchanges.length > 3) await several.promise;
      running--;
      await embed(exchange);
    });
    await index();
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThanOrEqual(8);
    expect(Math.max(...server.exchanges.map((exchange) => inputOf(exchange).length))).toBeLessThanOrEqual(32);
    expect(new Set(paid).size).toBe(FILES + 1);
    expect(twice()).toBe(0);
  });

  test('costs nothing again in another branch and back, nor in a worktree', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'all');
    await index();
    git('checkout', '-qb', 'other');
    for (let at = 0; at < 5; at++) await writeFile(join(root, `part${String(at)}.ts`), sourceOf(at, 'other'));
    git('commit', '-qam', 'other');
    await index();
    expect(paid).toHaveLength(FILES + 1 + 5);
    git('checkout', '-q', 'main');
    await index();
    git('checkout', '-q', 'other');
    await index();
    const worktree = join(base, 'worktree');
    git('worktree', 'add', '-q', worktree, 'main');
    expect((await index(configOf('small', worktree))).files).toBe(FILES);
    expect(paid).toHaveLength(FILES + 1 + 5);
  });

  test('costs nothing again when the model is changed and changed back', async () => {
    await index();
    await index(configOf('large'));
    expect(paid).toHaveLength(2 * (FILES + 1));
    await index();
    await index(configOf('large'));
    expect(paid).toHaveLength(2 * (FILES + 1));
  });

  test('is not paid for twice, however often who does it is killed', async () => {
    let kill: (() => void) | undefined;
    let answered = 0;
    const embed = embeds();
    server.answer(async (exchange) => {
      await embed(exchange);
      if (++answered % 4 === 0) setTimeout(() => kill?.(), 20);
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    let by: number | string = 'SIGKILL';
    let kills = 0;
    for (; by === 'SIGKILL'; kills++) {
      const child = startScript(PAID_INDEXER, JSON.stringify(configOf()));
      kill = () => child.kill();
      ({ by } = await child.ended);
    }
    expect(by).toBe(0);
    expect(kills).toBeGreaterThan(2);
    // What was on its way when a process died is all that is lost: no more than may be under way.
    expect(twice()).toBeLessThanOrEqual((kills - 1) * 8 * 32);
    const before = paid.length;
    await index();
    expect(paid).toHaveLength(before);
  });

  test('is not paid for twice when the provider dies in the middle', async () => {
    const embed = embeds();
    server.answer((exchange) => (server.exchanges.length > 4 ? refuses(401)(exchange) : embed(exchange)));
    const { vectorProblem } = await index();
    expect(vectorProblem).toContain('key');
    server.answer(embed);
    expect((await index()).vectorProblem).toBeUndefined();
    expect(new Set(paid).size).toBe(FILES + 1);
    expect(twice()).toBe(0);
  });
});

describe('a provider', () => {
  test('that finds a request too large gets smaller ones', async () => {
    const embed = embeds();
    server.answer((exchange) => (inputOf(exchange).length > 5 ? refuses(413)(exchange) : embed(exchange)));
    expect((await index()).vectorProblem).toBeUndefined();
    expect(new Set(paid).size).toBe(FILES + 1);
    expect(twice()).toBe(0);
  });

  test('that names a date to come back at is left alone until then', async () => {
    const date = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
    let asked: number | undefined;
    const embed = embeds();
    server.answer(refuses(429, { 'retry-after': date.toUTCString() }), (exchange) => {
      asked ??= Date.now();
      return embed(exchange);
    });
    expect((await index()).vectorProblem).toBeUndefined();
    expect(asked).toBeGreaterThanOrEqual(date.getTime());
    expect(twice()).toBe(0);
  });

  test.each([
    ['half of the vectors', (data: object[]) => data.slice(0, data.length / 2)],
    ['no numbers', (data: object[]) => data.map((each) => ({ ...each, embedding: [NaN, 1, 1] }))],
    ['numbers too large', (data: object[]) => data.map((each) => ({ ...each, embedding: [1e39, 1, 1] }))],
    ['other dims', (data: object[]) => data.map((each) => ({ ...each, embedding: [1, 1] }))],
    ['empty vectors', (data: object[]) => data.map((each) => ({ ...each, embedding: [] }))],
  ])(
    'that sends %s is not believed; the folder is found by words, and is whole once it mends',
    async (_, spoil) => {
      server.answer(embeds((data) => (data.length > 1 ? spoil(data) : data)));
      const { vectorProblem, files } = await index();
      expect(vectorProblem).toMatch(/sent/);
      expect(files).toBe(FILES);
      server.answer(embeds());
      expect((await index()).vectorProblem).toBeUndefined();
    },
  );

  test('that has another model under the same name is taken anew once the index is cleared', async () => {
    await index();
    server.answer(embeds((data) => data.map((each) => ({ ...each, embedding: [1, 2] }))));
    await writeFile(join(root, 'more.ts'), sourceOf(FILES));
    expect((await index()).vectorProblem).toContain('Clear Index');
    const [engine] = open;
    await engine?.open(configOf());
    await engine?.clear();
    const { vectorProblem, chunks } = await index();
    expect(vectorProblem).toBeUndefined();
    expect(chunks).toBe(FILES + 1);
  });
});
