import { expect } from 'vitest';
import { createAnthropicChatModel } from '../../../src/adapters/anthropic/anthropicChatModel.ts';
import { createCohereEmbeddingModel } from '../../../src/adapters/cohere/cohereEmbeddingModel.ts';
import { createCohereRerankModel } from '../../../src/adapters/cohere/cohereRerankModel.ts';
import { createOpenaiChatModel } from '../../../src/adapters/openai/openaiChatModel.ts';
import { createOpenaiCompletionModel } from '../../../src/adapters/openai/openaiCompletionModel.ts';
import { createOpenaiEmbeddingModel } from '../../../src/adapters/openai/openaiEmbeddingModel.ts';
import { TouchstoneError } from '../../../src/core/errors/touchstoneError.ts';
import { anthropicWire, completionsWire, openaiWire, type ModelWire } from '../../support/modelWire.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { fetchOf, optionsOf, type Body } from './bodies.ts';
import { collect, question } from './providers.ts';

type Random = () => number;

/** An adapter, a valid answer to it, and what it makes of one. */
interface Mutated {
  readonly name: string;
  readonly valid: string;
  readonly type: string;
  readonly ask: (
    fetch: typeof globalThis.fetch,
  ) => Promise<{ readonly text: string; readonly error: unknown }>;
}

const WORDS = Array.from({ length: 8 }, (_, at) => `word${String(at)}x `);
const WHOLE = WORDS.join('');
const never = new AbortController().signal;
const limits = { texts: 8, tokens: 1_000, tokensPerText: 100 };

const streamOf = (wire: ModelWire) =>
  wire.opening + (wire.noise[0] ?? '') + WORDS.map((word) => wire.text(word)).join('') + wire.closing();

async function settle(
  promise: Promise<unknown>,
): Promise<{ readonly text: string; readonly error: unknown }> {
  try {
    await promise;
    return { text: WHOLE, error: undefined };
  } catch (error) {
    return { text: '', error };
  }
}

const fill = { path: 'a.ts', prefix: 'a', suffix: 'b', context: [], maxOutputTokens: 10 };
const vectors = [0, 1, 2].map((index) => ({ index, embedding: [index, 1, 2.5] }));

export const mutated: readonly Mutated[] = [
  {
    name: 'OpenAI chat',
    valid: streamOf(openaiWire),
    type: 'text/event-stream',
    ask: (fetch) => collect(createOpenaiChatModel(optionsOf(fetch)).stream(question, never)),
  },
  {
    name: 'Anthropic chat',
    valid: streamOf(anthropicWire),
    type: 'text/event-stream',
    ask: (fetch) => collect(createAnthropicChatModel(optionsOf(fetch)).stream(question, never)),
  },
  {
    name: 'completions',
    valid: streamOf(completionsWire),
    type: 'text/event-stream',
    ask: (fetch) => {
      const model = createOpenaiCompletionModel({ ...optionsOf(fetch), model: 'qwen2.5-coder' });
      return collect(model?.complete(fill, never) ?? (async function* () {})());
    },
  },
  {
    name: 'OpenAI embeddings',
    valid: JSON.stringify({ object: 'list', data: vectors, usage: { prompt_tokens: 3, total_tokens: 3 } }),
    type: 'application/json',
    ask: (fetch) => {
      const model = createOpenaiEmbeddingModel({ ...optionsOf(fetch), limits, dims: null });
      return settle(model.embed({ texts: ['a', 'b', 'c'], kind: 'document' }, never).then(checkVectors));
    },
  },
  {
    name: 'Cohere embeddings',
    valid: JSON.stringify({
      id: '1',
      embeddings: { float: vectors.map(({ embedding }) => embedding) },
      meta: {},
    }),
    type: 'application/json',
    ask: (fetch) => {
      const model = createCohereEmbeddingModel({ ...optionsOf(fetch), limits, dims: null });
      return settle(model.embed({ texts: ['a', 'b', 'c'], kind: 'document' }, never).then(checkVectors));
    },
  },
  {
    name: 'rerankers',
    valid: JSON.stringify({
      results: [2, 0, 1].map((index) => ({ index, relevance_score: 1 / (index + 1) })),
      meta: {},
    }),
    type: 'application/json',
    ask: (fetch) => {
      const model = createCohereRerankModel({ ...optionsOf(fetch), path: '/v2/rerank' });
      return settle(
        model.rank({ query: 'q', texts: ['a', 'b', 'c'] }, never).then(({ scores }) => {
          expect(scores).toHaveLength(3);
          expect(scores.every(Number.isFinite)).toBe(true);
        }),
      );
    },
  },
];

function checkVectors({ vectors: found }: { readonly vectors: readonly Float32Array[] }): void {
  expect(found).toHaveLength(3);
  expect(found.every((vector) => vector.length > 0)).toBe(true);
}

const ODD = [
  'null',
  '0',
  '-1',
  '1.5',
  '""',
  '"x"',
  '[]',
  '{}',
  'true',
  '[null]',
  '{"error":{"message":"said so"}}',
];

/** What becomes of good bytes on their way. */
const MUTATIONS: readonly ((text: string, random: Random) => string)[] = [
  (text) => text,
  (text, random) => text.slice(0, Math.floor(random() * text.length)),
  (text, random) => text.slice(Math.floor(random() * text.length)),
  (text, random) => cutOut(text, random),
  (text, random) => withBlocks(text, random, (blocks, at) => blocks.toSpliced(at, 0, blocks[at] ?? '')),
  (text, random) => withBlocks(text, random, (blocks, at) => blocks.toSpliced(at, 1)),
  (text, random) => withBlocks(text, random, (blocks, at) => [...blocks.slice(at), ...blocks.slice(0, at)]),
  (text, random) => flip(text, random),
  (text, random) => replaceMatch(text, random, /"\w+":/g, () => '"other":'),
  (text, random) =>
    replaceMatch(
      text,
      random,
      /"\w+":("[^"]*"|[\d.]+|null|\{|\[)/g,
      (found) => found.replace(/:.*/, ':') + pick(ODD, random),
    ),
  (text, random) => replaceMatch(text, random, /(?<=:)("[^"]*"|[\d.]+|null)/g, () => pick(ODD, random)),
  (text, random) =>
    replaceMatch(text, random, /\n/g, () => pick(['\r', '\r\n', '', '\n\n', '\n: x\n'], random)),
  (text, random) =>
    withBlocks(text, random, (blocks, at) => blocks.toSpliced(at, 0, `data: ${pick(ODD, random)}`)),
];

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

function cutOut(text: string, random: Random): string {
  const start = Math.floor(random() * text.length);
  return text.slice(0, start) + text.slice(start + Math.floor(random() * 60));
}

function withBlocks(
  text: string,
  random: Random,
  change: (blocks: readonly string[], at: number) => readonly string[],
): string {
  const blocks = text.split('\n\n');
  return change(blocks, Math.floor(random() * blocks.length)).join('\n\n');
}

function flip(text: string, random: Random): string {
  const bytes = Buffer.from(text);
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  }
  return bytes.toString('latin1');
}

function replaceMatch(text: string, random: Random, pattern: RegExp, by: (found: string) => string): string {
  const all = [...text.matchAll(pattern)];
  const found = all[Math.floor(random() * all.length)];
  return found ? text.slice(0, found.index) + by(found[0]) + text.slice(found.index + found[0].length) : text;
}

function piecesOf(text: string, random: Random): readonly string[] {
  const count = 1 + Math.floor(random() * 5);
  const places = Array.from({ length: count }, () => Math.floor(random() * text.length)).sort(
    (a, b) => a - b,
  );
  return [0, ...places].map((start, at) => text.slice(start, places[at] ?? text.length));
}

const occurrences = (text: string, word: string) => text.split(word).length - 1;

/** Told in words of ours, and shown no more often than sent. */
function isSound({ text, error, sent, valid }: Outcome): boolean {
  if (error !== undefined && !(error instanceof TouchstoneError)) return false;
  return WORDS.every((word) => !valid.includes(word) || occurrences(text, word) <= occurrences(sent, word));
}

interface Outcome {
  readonly text: string;
  readonly error: unknown;
  readonly sent: string;
  readonly valid: string;
}

/**
 * Sends so many mutations of a valid answer through an adapter. Each ends, with the whole answer or an error of ours, shows
 * nothing more often than it was sent, asks no more than a few times, and leaves no promise behind.
 */
export async function checkMutations(
  { ask, valid, type }: Mutated,
  count: number,
  seed: number,
): Promise<void> {
  const numbers = seededRandom(seed);
  const random = () => numbers.below(2 ** 30) / 2 ** 30;
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', onUnhandled);
  const ends = { whole: 0, part: 0, failed: 0 };
  try {
    for (let run = 0; run < count; run++) {
      const mutation = Math.floor(random() * MUTATIONS.length);
      const sent = MUTATIONS[mutation]?.(valid, random) ?? valid;
      const status = random() < 0.05 ? pick([400, 429, 500], random) : 200;
      const body: Body = { status, headers: { 'content-type': type }, pieces: piecesOf(sent, random) };
      const { fetch, sent: requests } = fetchOf(body);
      const { text, error } = await ask(fetch);
      const what = `${JSON.stringify(body)} gave ${JSON.stringify(text)} and ${String(error)}`;
      if (requests.length > 8) expect.unreachable(`${String(requests.length)} requests: ${what}`);
      if (!isSound({ text, error, sent, valid })) expect.unreachable(what);
      if (mutation === 0 && status === 200 && (text !== WHOLE || error !== undefined))
        expect.unreachable(what);
      ends[error === undefined ? 'whole' : text === '' ? 'failed' : 'part']++;
    }
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
  expect(unhandled).toEqual([]);
  // Or nothing was mutated, or nothing got through.
  expect(Math.min(ends.whole, ends.failed)).toBeGreaterThan(count / 20);
}
