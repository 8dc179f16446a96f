import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { ModelError } from '../core/errors/modelErrors.ts';
import { chatPolicy } from '../core/models/callPolicy.ts';
import type { ModelAccess } from '../core/models/modelChoice.ts';
import { createProviderModels, type ProviderModels } from '../engine/models/providerModels.ts';
import { assertMeasurable, type BenchOptions } from './benchOptions.ts';

/**
 * What a server once answered, as a file of JSON in a folder that is named for the server. Recordings are other people's and
 * lie outside of this repository.
 */
const recordingSchema = z.object({
  kind: z.enum(['chat', 'embed', 'rerank']),
  api: z.enum(['openai', 'anthropic', 'cohere']),
  status: z.number(),
  contentType: z.string(),
  body: z.string(),
  /** Texts that were embedded or ranked. */
  inputs: z.number(),
});
type Recording = z.infer<typeof recordingSchema>;

interface TrafficBenchResult {
  readonly recordings: number;
  /** Of those, answers of rerankers, which are not replayed. */
  readonly passedOver: number;
  /** By the folder's name: answered whole, refused with the provider's words, or what came out instead. */
  readonly byServer: Readonly<
    Record<string, { readonly whole: number; readonly refused: number; readonly wrong: number }>
  >;
  readonly wrong: readonly string[];
}

/** Replays recorded answers to the adapters, from a server on this machine, and holds what comes out against what went in. */
export async function trafficBench(
  root: string,
  { log, signal }: Pick<BenchOptions, 'log' | 'signal'>,
): Promise<TrafficBenchResult> {
  const paths = (await readdir(root, { recursive: true })).filter((path) => path.endsWith('.json')).sort();
  assertMeasurable(paths.length, 'recordings', root);
  const models = createProviderModels(log, { ...chatPolicy, attempts: 1 });
  const byServer: Record<string, { whole: number; refused: number; wrong: number }> = {};
  const wrong: string[] = [];
  let passedOver = 0;
  for (const path of paths) {
    signal.throwIfAborted();
    const recording = recordingSchema.parse(JSON.parse(await readFile(join(root, path), 'utf8')));
    if (recording.kind === 'rerank') {
      passedOver++;
      continue;
    }
    const counts = (byServer[basename(dirname(path))] ??= { whole: 0, refused: 0, wrong: 0 });
    const complaint = await replay(models, recording, signal);
    if (complaint !== undefined) wrong.push(`${path}: ${complaint}`);
    counts[complaint !== undefined ? 'wrong' : recording.status >= 400 ? 'refused' : 'whole']++;
  }
  return { recordings: paths.length, passedOver, byServer, wrong };
}

/** What is wrong with the outcome, if anything. */
async function replay(
  models: ProviderModels,
  recording: Recording,
  signal: AbortSignal,
): Promise<string | undefined> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(recording.status, { 'content-type': recording.contentType }).end(recording.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const provider = recording.api === 'openai' ? 'compatible' : recording.api;
  const access = {
    provider,
    model: 'recorded',
    baseUrl: `http://127.0.0.1:${String(port)}`,
    apiKey: 'none',
  } as const;
  try {
    return await outcome(models, access, recording, signal);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const isRefusal = recording.status >= 400 || /"error"/.test(recording.body);
    if (!isRefusal) return error.message;
    return error.message.includes('It says:') || recording.body.trim() === ''
      ? undefined
      : `no words: ${error.message}`;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function outcome(
  models: ProviderModels,
  access: ModelAccess,
  { kind, body, inputs }: Recording,
  signal: AbortSignal,
): Promise<string | undefined> {
  const texts = Array.from({ length: inputs }, (_, at) => `text ${String(at)}`);
  if (kind === 'embed') {
    const { vectors } = await models.embedding(access).documents.embed({ texts, kind: 'document' }, signal);
    return vectors.length === inputs ? undefined : `${String(vectors.length)} vectors of ${String(inputs)}`;
  }
  let text = '';
  let hasCalled = false;
  const request = {
    messages: [{ role: 'user' as const, parts: [{ type: 'text' as const, text: 'Hello.' }] }],
    maxOutputTokens: 100,
  };
  for await (const part of models.get(access).chat.stream(request, signal)) {
    if (part.type === 'text') text += part.text;
    if (part.type === 'tool-call') hasCalled = true;
  }
  const expected = textIn(body);
  if (text.trim() === expected.trim() || hasCalled) return undefined;
  return `came out as ${JSON.stringify(text.slice(0, 100))}, not ${JSON.stringify(expected.slice(0, 100))}`;
}

/** All text in an answer, by looking for it anywhere: apart from the adapters, and nothing that they could share a mistake with. */
function textIn(body: string): string {
  const events = body.includes('data:')
    ? body.split(/\r?\n/).flatMap((line) => (/^data: ?\{/.test(line) ? [line.replace(/^data: ?/, '')] : []))
    : [body];
  const text = events.map((event) => textOf(JSON.parse(event))).join('');
  return text.replace(/<think>[\s\S]*?<\/think>/g, '');
}

const piece = z.union([
  z.string(),
  z.array(z.object({ type: z.string().optional(), text: z.string().optional() })),
]);
const eventSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: piece.nullish() }).nullish(),
        message: z.object({ content: piece.nullish() }).nullish(),
      }),
    )
    .nullish(),
  delta: z.object({ type: z.string().nullish(), text: z.string().nullish() }).nullish().catch(null),
  content: z
    .array(z.object({ type: z.string(), text: z.string().optional() }))
    .nullish()
    .catch(null),
});

function textOf(event: unknown): string {
  const { choices, delta, content } = eventSchema.catch({}).parse(event);
  const choice = choices?.[0];
  return [choice?.delta?.content ?? choice?.message?.content, delta?.text, content]
    .map((found) => {
      if (typeof found === 'string') return found;
      return (found ?? [])
        .map(({ type, text }) => (type === 'text' || type === undefined ? (text ?? '') : ''))
        .join('');
    })
    .join('');
}
