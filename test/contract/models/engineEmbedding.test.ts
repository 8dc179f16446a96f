import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IndexerEngine } from '../../../src/engine/indexer/indexerEngine.ts';
import { QueryEngine } from '../../../src/engine/query/queryEngine.ts';
import type { EngineConfig, IndexStatus } from '../../../src/protocol/engine.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { ModelServer, type Answer } from '../../support/modelServer.ts';
import { KEY } from './providers.ts';

/** Meaning as a model may see it: the same for words that share no letter. */
const MEANINGS = [/gate|entrance|door/i, /bell|chime/i, /price|cost|money/i];
const meaning = (text: string) => [...MEANINGS.map((words) => Number(words.test(text))), 0.1];

const files = {
  'gate.ts': 'export function openGate(visitor: string) {\n  return visitor;\n}\n',
  'bell.ts': 'export function ringBell(times: number) {\n  return times;\n}\n',
  'price.ts':
    'export function priceOf(item: string) {\n  const apiKey = "sk-live-abcdefghijklmnopqrstuvwx";\n  return item;\n}\n',
};

let base: string;
let server: ModelServer;
let config: EngineConfig;
let statuses: IndexStatus[];
let engines: { close(): Promise<void> }[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-embedding-'));
  const root = join(base, 'workspace');
  await mkdir(root);
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
  server = await ModelServer.start();
  server.answer(embeds);
  statuses = [];
  engines = [];
  config = {
    folders: [{ root, store: join(base, 'store') }],
    ledger: join(base, 'signals.sqlite'),
    embedding: {
      model: { provider: 'openai', model: 'test-embedding', baseUrl: `${server.url}/v1`, apiKey: KEY },
      cache: join(base, 'embeddings.sqlite'),
    },
  };
});

afterEach(async () => {
  for (const engine of engines) await engine.close();
  await server.close();
  await rm(base, { recursive: true });
});

const embeds: Answer = ({ response, body }) => {
  const texts = body['input'] as readonly string[];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ data: texts.map((text, index) => ({ index, embedding: meaning(text) })) }));
};

const fails =
  (status: number, times = 1): Answer =>
  (exchange) => {
    if (server.exchanges.length > times) return embeds(exchange);
    exchange.response.writeHead(status, { 'retry-after-ms': '5' });
    exchange.response.end();
    return undefined;
  };

async function index(): Promise<void> {
  const indexer = new IndexerEngine(
    { indexStatus: (_, status) => statuses.push(status), committed: () => undefined },
    silentLogger,
  );
  engines.push(indexer);
  await indexer.open(config);
  await indexer.refresh({ fromScratch: false });
}

async function find(query: string) {
  const engine = new QueryEngine(
    {
      indexDamaged: () => expect.unreachable(),
      indexStatus: () => undefined,
      symbols: () => Promise.resolve([]),
    },
    silentLogger,
  );
  engines.push(engine);
  await engine.open(config);
  await engine.catchUp(config.folders[0]?.root ?? '');
  return engine.search(query, 3);
}

/** Waits until a file is the first that is found: a busy machine may answer without vectors once. */
const untilFound = (query: string, path: string) =>
  vi.waitFor(async () => {
    const [hit] = await find(query);
    expect(hit).toMatchObject({ path });
    return hit;
  });

const embedded = () => server.exchanges.flatMap(({ body }) => body['input'] as readonly string[]);

describe('a workspace embedded by a provider', () => {
  test('is found by meaning', async () => {
    await index();
    const hit = await untilFound('who may pass the entrance', 'gate.ts');
    expect(hit?.legs.dense).toBeGreaterThan(0.9);
    expect(hit?.legs.lexical).toBeUndefined();
  });

  test('sends no keys that stand in the code', async () => {
    await index();
    expect(embedded().join('\n')).toContain('priceOf');
    expect(embedded().join('\n')).not.toContain('sk-live');
  });

  test('is paid for once: a new store takes what was embedded before', async () => {
    await index();
    const paid = embedded().length;
    config = {
      ...config,
      folders: config.folders.map((folder) => ({ ...folder, store: join(base, 'other') })),
    };
    await index();
    expect(embedded().length).toBe(paid);
    await untilFound('chime', 'bell.ts');
  });

  test('lets go of what was paid for when its folders are closed, however often they are opened', async () => {
    await index();
    const indexer = engines[0] as IndexerEngine;
    for (let times = 0; times < 3; times++) {
      await indexer.open(config);
      await indexer.refresh({ fromScratch: false });
    }
    await writeFile(join(config.folders[0]?.root ?? '', 'more.ts'), 'export const ticketPrice = 1;\n');
    await indexer.refresh({ fromScratch: false });
    await indexer.close();
    // SQLite deletes its log when the last connection is closed.
    expect((await readdir(base)).filter((name) => name.startsWith('embeddings'))).toEqual([
      'embeddings.sqlite',
    ]);
  });

  test('waits for a provider that is busy', async () => {
    server.answer(fails(429));
    await index();
    await untilFound('entrance', 'gate.ts');
  });

  test('is found by words when the provider refuses, and says why', async () => {
    server.answer(fails(401, Infinity));
    await index();
    expect(statuses.at(-1)).toMatchObject({ state: 'ready', files: 3 });
    expect((statuses.at(-1) as { vectorProblem?: string }).vectorProblem).toContain('key');
    expect((await find('openGate'))[0]).toMatchObject({ path: 'gate.ts' });
    expect(await find('entrance')).toEqual([]);
  });

  test('is found by words while the provider does not answer', async () => {
    await index();
    server.answer(() => undefined);
    const [hit] = await find('openGate');
    expect(hit).toMatchObject({ path: 'gate.ts' });
    expect(hit?.legs.dense).toBeUndefined();
  });

  test('changes with its files', async () => {
    await index();
    const [folder] = config.folders;
    await writeFile(join(folder?.root ?? '', 'bell.ts'), 'export const moneyBox = 1;\n');
    const indexer = engines[0] as IndexerEngine;
    indexer.touch(folder?.root ?? '', ['bell.ts']);
    await vi.waitFor(async () => {
      const paths = (await find('what does it cost')).map(({ path }) => path);
      expect(paths.toSorted()).toEqual(['bell.ts', 'price.ts']);
    });
    expect(embedded().filter((text) => text.includes('openGate'))).toHaveLength(1);
  });
});
