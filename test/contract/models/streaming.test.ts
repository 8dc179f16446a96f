import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ModelServer, type Answer } from '../../support/modelServer.ts';
import { collect, KEY, providers, question } from './providers.ts';

let server: ModelServer;

beforeEach(async () => {
  server = await ModelServer.start();
});

afterEach(() => server.close());

describe.each(providers)('$name streams', ({ wire, create }) => {
  const never = new AbortController().signal;
  const ask = (settings?: Parameters<typeof create>[1]) =>
    collect(create(server.url, settings).stream(question, never));

  const says =
    (...pieces: readonly (string | Uint8Array)[]): Answer =>
    async (exchange) => {
      exchange.begin();
      for (const piece of pieces) await exchange.send(piece);
      exchange.end();
    };

  test('text part by part, then the reason and the counts', async () => {
    server.answer(says(wire.opening, wire.text('Hello'), wire.text(' world'), wire.closing()));
    const { parts, error } = await ask();
    expect(error).toBeUndefined();
    // The counts of the prompt may come first.
    expect(parts[0]?.type === 'usage' ? parts.slice(1) : parts).toEqual([
      { type: 'text', text: 'Hello' },
      { type: 'text', text: ' world' },
      { type: 'usage', usage: { inputTokens: 11, cachedInputTokens: 4, outputTokens: 7 } },
      { type: 'done', stopReason: 'stop' },
    ]);
  });

  test('what it reasons', async () => {
    server.answer(
      says(wire.opening, wire.reasoning('Hm'), wire.reasoning('.'), wire.text('a'), wire.closing()),
    );
    expect((await ask()).parts.filter(({ type }) => type === 'reasoning' || type === 'text')).toEqual([
      { type: 'reasoning', text: 'Hm' },
      { type: 'reasoning', text: '.' },
      { type: 'text', text: 'a' },
    ]);
  });

  test('calls of tools as a whole, when their inputs are complete', async () => {
    const calls = [
      wire.toolCall(1, 'call-1', 'read_file', '{"path"', ':"a.ts"}'),
      wire.toolCall(2, 'call-2', 'list_files'),
    ];
    server.answer(
      says(wire.opening, wire.text('I look.'), ...calls, wire.closing({ reason: wire.toolReason })),
    );
    const { parts, error } = await ask();
    expect(error).toBeUndefined();
    expect(parts.filter(({ type }) => type !== 'usage')).toEqual([
      { type: 'text', text: 'I look.' },
      { type: 'tool-call', id: 'call-1', name: 'read_file', input: { path: 'a.ts' } },
      { type: 'tool-call', id: 'call-2', name: 'list_files', input: {} },
      { type: 'done', stopReason: 'tool' },
    ]);
  });

  test('no call that the limit of tokens has cut off, and no call whose input is no JSON', async () => {
    const call = wire.toolCall(1, 'call-1', 'read_file', '{"path":"a.');
    const [length] = wire.path.endsWith('/messages') ? ['max_tokens'] : ['length'];
    server.answer(says(wire.opening, call, wire.closing({ reason: length })));
    expect((await ask()).parts.map(({ type }) => type).filter((type) => type !== 'usage')).toEqual(['done']);
    server.answer(says(wire.opening, call, wire.closing({ reason: wire.toolReason })));
    expect((await ask()).error).toMatchObject({ code: 'model-response', problem: 'malformed' });
  });

  test('one event, whatever the TCP chunks', async () => {
    const bytes = Buffer.from(`${wire.opening}${wire.text('naïve 𝒳 👩‍💻 漢字')}${wire.closing()}`);
    server.answer(says(...Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))));
    expect(await ask()).toMatchObject({ text: 'naïve 𝒳 👩‍💻 漢字', error: undefined });
  });

  test('all events of one TCP chunk', async () => {
    const texts = Array.from({ length: 200 }, (_, index) => `${String(index)} `);
    server.answer(says([wire.opening, ...texts.map((text) => wire.text(text)), wire.closing()].join('')));
    expect(await ask()).toMatchObject({ text: texts.join(''), error: undefined });
  });

  test('lines that end with CR LF', async () => {
    const events = [wire.opening, wire.text('one'), wire.text('two'), wire.closing()].join('');
    server.answer(says(events.replaceAll('\n', '\r\n')));
    expect(await ask()).toMatchObject({ text: 'onetwo', error: undefined });
  });

  test('past comments, pings and events of unknown kinds', async () => {
    const noise = wire.noise.join('');
    server.answer(says(noise, wire.opening, noise, wire.text('a'), noise, wire.text('b'), wire.closing()));
    expect(await ask()).toMatchObject({ text: 'ab', error: undefined });
  });

  test('one event of several megabytes', async () => {
    const huge = 'x'.repeat(5_000_000);
    server.answer(says(wire.opening, wire.text(huge), wire.closing()));
    const { text, error } = await ask();
    expect(error).toBeUndefined();
    expect(text === huge).toBe(true);
  });

  test('without counts when there are none', async () => {
    server.answer(says(wire.text('a'), wire.closing({ usage: false })));
    const { parts, error } = await ask();
    expect(error).toBeUndefined();
    expect(parts.at(-1)).toEqual({ type: 'done', stopReason: 'stop' });
    expect(parts.some(({ type }) => type === 'usage')).toBe(false);
  });

  test('an answer that ends without the last mark', async () => {
    const closing = wire.closing({ usage: false }).replace(/(data: \[DONE\]|event: message_stop)[^]*$/, '');
    server.answer(says(wire.opening, wire.text('whole'), closing));
    expect(await ask()).toMatchObject({ text: 'whole', error: undefined });
  });

  test.each([
    ['length', ['length', 'max_tokens']],
    ['filter', ['content_filter', 'refusal']],
    ['tool', ['tool_calls', 'tool_use']],
    ['other', ['function_call', 'pause_turn']],
  ] as const)('the stop reason %s', async (stopReason, [openai, anthropic]) => {
    const reason = wire.path.endsWith('/messages') ? anthropic : openai;
    server.answer(says(wire.opening, wire.text('a'), wire.closing({ reason })));
    expect((await ask()).parts.at(-1)).toMatchObject({ type: 'done', stopReason });
  });

  test('with the key in its header, the own headers, and nothing about the machine', async () => {
    server.answer(says(wire.opening, wire.closing()));
    await ask({ apiKey: ` ${KEY}\n`, headers: { 'x-gateway': 'team' } });
    const headers = server.exchanges[0]?.headers ?? {};
    expect(headers.authorization).toBe(`Bearer ${KEY}`);
    expect(headers['x-gateway']).toBe('team');
    expect(headers['user-agent']).toBe('Touchstone');
    expect(Object.keys(headers).filter((name) => /stainless|organization|project/.test(name))).toEqual([]);
  });

  test('without any key to a server that needs none', async () => {
    server.answer(says(wire.opening, wire.closing()));
    const { error } = await ask({ apiKey: '' });
    expect(error).toBeUndefined();
    expect(server.exchanges[0]?.headers).not.toHaveProperty('authorization');
    expect(server.exchanges[0]?.headers).not.toHaveProperty('x-api-key');
  });

  test('over connections that are used again', async () => {
    server.answer(says(wire.opening, wire.text('a'), wire.closing()));
    const model = create(server.url);
    for (let index = 0; index < 8; index++) await collect(model.stream(question, never));
    expect(server.exchanges).toHaveLength(8);
    // One, and now and then another, opened before the last one was known to be free.
    expect(server.openConnections).toBeLessThan(server.exchanges.length / 2);
  });
});
