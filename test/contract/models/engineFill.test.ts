import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Proposal } from '../../../src/core/ports/completionSource.ts';
import { applyEdit } from '../../../src/core/text/textEdit.ts';
import type { QueryEngine } from '../../../src/engine/query/queryEngine.ts';
import { openChatEngine, writeFiles } from '../../support/chatEngine.ts';
import { ModelServer, type Answer, type Exchange } from '../../support/modelServer.ts';
import { completionsWire } from '../../support/modelWire.ts';

const LOADER = 'export function load(store) {\n  return store.openReader(primary, retries);\n}\n';
const files = { 'src/known.ts': LOADER, 'src/likewise.ts': LOADER, 'src/again.ts': LOADER };

let base: string;
let root: string;
let server: ModelServer;
let engine: QueryEngine;
let warnings: string[] = [];
let version = 0;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'touchstone-fill-'));
  root = join(base, 'workspace');
  await writeFiles(root, files);
  server = await ModelServer.start();
  const note = (message: string) => void warnings.push(message);
  const log = { debug: () => undefined, info: () => undefined, warn: note, error: note };
  ({ engine } = await openChatEngine({ base, root, log }));
  await engine.open({
    folders: [{ root, store: join(base, 'store') }],
    ledger: join(base, 'signals.sqlite'),
    completionModel: completionModel(),
  });
  await engine.catchUp(root);
  // What the server is, it is asked first, once.
  server.answer(({ response }) => void response.writeHead(404).end());
  await collect('const first = |');
  engine.closeDocument(document());
});

afterAll(async () => {
  await engine.close();
  await server.close();
  await rm(base, { recursive: true });
});

beforeEach(() => {
  forget();
  warnings = [];
});

const completionModel = () =>
  ({ provider: 'compatible', model: 'qwen2.5-coder', baseUrl: `${server.url}/v1` }) as const;

/** Choosing a model anew forgets what was asked before. */
const forget = () => {
  engine.completeWith(completionModel());
};

const document = () => ({ root, path: 'src/live.ts' });

afterEach(() => {
  engine.closeDocument(document());
});

/** Opens `marked` without its `|` and asks what stands there. */
function ask(marked: string, signal = new AbortController().signal) {
  const text = marked.replace('|', '');
  engine.openDocument(document(), ++version, text);
  const proposals = engine.complete({ document: document(), version, offset: marked.indexOf('|') }, signal);
  return { proposals, text };
}

async function collect(marked: string) {
  const { proposals, text } = ask(marked);
  const found: { readonly source: string; readonly text: string; readonly proposal: Proposal }[] = [];
  for await (const proposal of proposals) {
    found.push({ source: proposal.provenance.source, text: applyEdit(text, proposal.edit), proposal });
  }
  return found;
}

/** Streams the texts, one event each. */
const writes =
  (...texts: readonly string[]): Answer =>
  async (exchange) => {
    exchange.begin();
    for (const text of texts) await exchange.send(completionsWire.text(text));
    await exchange.send(completionsWire.closing());
    exchange.end();
  };

const KNOWN = 'export function load(store) {\n  return store.openReader(|';
const COMPLETED = 'export function load(store) {\n  return store.openReader(primary, retries);';

describe('a model that fills in the middle, beside the workspace model', () => {
  test('is shown at once where the workspace has nothing to say, and refines its answer', async () => {
    server.answer(writes('{\n', '  total += part;\n', '}', '\n', 'more();\n'));
    const found = await collect('for (const part of quantities) |\nfinish();\n');
    expect(found.map(({ source, text }) => `${source}: ${text}`)).toEqual([
      'model: for (const part of quantities) {\nfinish();\n',
      'model: for (const part of quantities) {\n  total += part;\n}\nfinish();\n',
    ]);
    expect(found.at(-1)?.proposal.provenance).toMatchObject({ model: 'compatible:qwen2.5-coder' });
    expect(server.exchanges.at(-1)?.body['prompt']).toContain(
      '<|fim_prefix|>for (const part of quantities) <|fim_suffix|>\nfinish();\n<|fim_middle|>',
    );
  });

  test('comes after what the workspace knows, as far as it extends that', async () => {
    server.answer(writes('primary, retries).wait();'));
    const found = await collect(KNOWN);
    expect(found.map(({ source, text }) => `${source}: ${text}`)).toEqual([`workspace-model: ${COMPLETED}`]);
    forget();
    server.answer(writes('primary, retries); // from the store'));
    expect((await collect(KNOWN)).map(({ source, text }) => `${source}: ${text}`)).toEqual([
      `workspace-model: ${COMPLETED}`,
      `model: ${COMPLETED} // from the store`,
    ]);
  });

  test('is not asked a second time within one answer, nor for a place in the middle of a word', async () => {
    const before = server.exchanges.length;
    server.answer(writes('primary, retries);'));
    await collect(KNOWN);
    await collect('const re|ader = 1;');
    expect(server.exchanges.length - before).toBe(1);
  });
});

describe('a model that fails leaves what the workspace knows', () => {
  const faults: readonly (readonly [string, Answer])[] = [
    [
      'with 500',
      ({ response }) => {
        response.writeHead(500, { 'content-type': 'application/json' });
        response.end(completionsWire.errorBody('server_error', 'no'));
      },
    ],
    [
      'in the middle of an event',
      async (exchange) => {
        exchange.begin();
        const event = completionsWire.text('primary, retries).more();\n');
        await exchange.send(event.slice(0, event.length / 2));
        exchange.cut();
      },
    ],
    [
      'with what is not JSON',
      async (exchange) => {
        exchange.begin();
        await exchange.send('data: {"choices": [\n\n');
        exchange.end();
      },
    ],
    [
      'with another type of content',
      async (exchange) => {
        exchange.begin({ 'content-type': 'text/html' });
        await exchange.send('<p>Sign in</p>');
        exchange.end();
      },
    ],
  ];

  test.each(faults)('%s', async (_, fault) => {
    server.answer(fault);
    const found = await collect(KNOWN);
    expect(found.map(({ source }) => source)).toEqual(['workspace-model']);
    expect(warnings).toEqual(['No suggestion of model']);
  });
});

describe('the connection', () => {
  /** An answer that begins and never ends; resolves with the exchange once it is there. */
  function hanging(): Promise<Exchange> {
    const { promise, resolve } = Promise.withResolvers<Exchange>();
    server.answer(async (exchange) => {
      exchange.begin();
      await exchange.send(completionsWire.text('pri'));
      resolve(exchange);
    });
    return promise;
  }

  test('stays when the editor cancels, for whoever types on, and is closed with the choice of another model', async () => {
    const asked = hanging();
    const controller = new AbortController();
    const { proposals } = ask('const silent = |', controller.signal);
    const next = proposals.next();
    const exchange = await asked;
    controller.abort();
    await expect(next).rejects.toHaveProperty('name', 'AbortError');
    const before = server.exchanges.length;
    const later = ask('const silent = pr|').proposals.next();
    await exchange.send(completionsWire.text('mary;\n'));
    expect((await later).value?.edit.changes[0].text).toBe('imary;');
    expect(server.exchanges).toHaveLength(before);
    engine.completeWith(undefined);
    await exchange.closed;
  });

  test('is not opened for whoever leaves with the first proposal', async () => {
    const before = server.exchanges.length;
    server.answer(writes('1;\n'));
    const { proposals } = ask(KNOWN);
    expect((await proposals.next()).value).toMatchObject({ provenance: { source: 'workspace-model' } });
    await proposals.return();
    await collect('const other = |');
    expect(server.exchanges.length - before).toBe(1);
    expect(server.exchanges.at(-1)?.body['prompt']).toContain('const other = ');
  });

  test('is of no more use when the document changes meanwhile: with what the model says next, the answer ends', async () => {
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<undefined>();
    const { promise: changed, resolve: change } = Promise.withResolvers<undefined>();
    server.answer(async (exchange) => {
      exchange.begin();
      isAsked(undefined);
      await changed;
      await exchange.send(completionsWire.text('late);\n'));
      await exchange.closed;
    });
    const { proposals } = ask('const silent = |');
    const next = proposals.next();
    await asked;
    engine.changeDocument(document(), ++version, [{ startOffset: 0, endOffset: 0, text: ' ' }]);
    change(undefined);
    expect((await next).done).toBe(true);
  });
});
