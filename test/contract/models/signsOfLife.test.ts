import { describe, expect, test, vi } from 'vitest';
import { chatPolicy } from '../../../src/core/models/callPolicy.ts';
import { ModelClient } from '../../../src/core/models/modelClient.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { anthropicOver, C, data, END, openaiOver } from './bodies.ts';
import { collect, question } from './providers.ts';

const anthropicEnd = [
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Green tea.' } },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
  { type: 'message_stop' },
].map(data);

describe('a sign of life begins the wait anew:', () => {
  test.each([
    ['a comment', openaiOver, ': PROCESSING\n\n'],
    ['a comment without its line end', openaiOver, ':'],
    ['an empty delta', openaiOver, C({})],
    ['an empty text', openaiOver, C({ role: 'assistant', content: '' })],
    ['reasoning', openaiOver, C({ reasoning_content: 'Hm.' })],
    ['a chunk without choices', openaiOver, data({ choices: [] })],
    ['an event of another kind', openaiOver, data({ object: 'progress' })],
    ['a ping', anthropicOver, 'event: ping\ndata: {"type":"ping"}\n\n'],
    ['a ping without data', anthropicOver, 'event: ping\n\n'],
    [
      'a signature',
      anthropicOver,
      data({ type: 'content_block_delta', delta: { type: 'signature_delta', signature: 'x' } }),
    ],
    [
      'an empty thought',
      anthropicOver,
      data({ type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: '' } }),
    ],
  ])('%s', async (_, over, sign) => {
    const clock = new FakeClock();
    let send: (text: string) => void = () => undefined;
    let end: () => void = () => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        send = (text) => {
          controller.enqueue(Buffer.from(text));
        };
        end = () => {
          controller.close();
        };
      },
    });
    const fetch = () =>
      Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    const set = vi.spyOn(clock, 'setTimer');
    const client = new ModelClient({ clock, random: () => 0 });
    const result = collect(
      client.chat(over(fetch), chatPolicy).stream(question, new AbortController().signal),
    );
    for (let time = 0; time < 5; time++) {
      const before = set.mock.calls.length;
      send(sign);
      await vi.waitFor(() => expect(set.mock.calls.length).toBeGreaterThan(before));
      clock.advance(chatPolicy.firstTokenMs - 1);
    }
    send(['\n\n', ...(over === openaiOver ? [C({ content: 'Green tea.' }), END] : anthropicEnd)].join(''));
    end();
    expect(await result).toMatchObject({ text: 'Green tea.', error: undefined });
  });
});
