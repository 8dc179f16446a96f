import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Connection, type Link } from '../../../../src/protocol/rpc/connection.ts';

interface Speller {
  upper(text: string): Promise<string>;
  spell(word: string, signal: AbortSignal): AsyncIterable<string>;
  wait(signal: AbortSignal): Promise<void>;
  tell(text: string): void;
}

interface Listener {
  heard(text: string): void;
  /** What the listener calls the speller. */
  nickname(): Promise<string>;
}

let channel: MessageChannel;
let near: Connection<Speller>;
let far: Connection<Listener>;
let heard: string[];
let ended: Promise<string>;

const linkOf = (port: MessagePort): Link => ({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => void port.on('message', listener),
});

beforeEach(() => {
  channel = new MessageChannel();
  heard = [];
  const { promise, resolve } = Promise.withResolvers<string>();
  ended = promise;
  near = connect<Speller>(linkOf(channel.port1), {
    kinds: { spell: 'stream', tell: 'event' },
    serve: (): Listener => ({
      heard: (text) => void heard.push(text),
      nickname: () => Promise.resolve('Webster'),
    }),
    onEventError: (error) => expect.unreachable(String(error)),
  });
  far = connect<Listener>(linkOf(channel.port2), {
    kinds: { heard: 'event' },
    serve: (listener): Speller => ({
      upper: async (text) => `${text.toUpperCase()}, says ${await listener.nickname()}`,
      async *spell(word, signal) {
        try {
          yield* word;
          if (word.endsWith('…')) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        } finally {
          resolve(`“${word}” ends, ${signal.aborted ? 'aborted' : 'read'}`);
        }
      },
      wait: (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
      tell: (text) => listener.heard(text),
    }),
    onEventError: (error) => expect.unreachable(String(error)),
  });
});

afterEach(() => {
  channel.port1.close();
});

describe('two connections over a real message channel', () => {
  it('call each other', async () => {
    near.remote.tell('one');
    near.remote.tell('two');
    await expect(near.remote.upper('word')).resolves.toBe('WORD, says Webster');
    expect(heard).toEqual(['one', 'two']);
  });

  it('stream, and stop when the reader leaves', async () => {
    const { signal } = new AbortController();
    let read = '';
    for await (const letter of near.remote.spell('stream', signal)) read += letter;
    expect(read).toBe('stream');
    await expect(ended).resolves.toBe('“stream” ends, read');
  });

  it('stop a stream in the middle when its reader leaves', async () => {
    for await (const letter of near.remote.spell('so…', new AbortController().signal)) {
      if (letter === '…') break;
    }
    await expect(ended).resolves.toBe('“so…” ends, aborted');
    expect([near.pending, far.pending]).toEqual([0, 0]);
  });

  it('abort calls', async () => {
    const controller = new AbortController();
    const waiting = near.remote.wait(controller.signal);
    await near.remote.upper('started');
    controller.abort();
    await expect(waiting).rejects.toBe(controller.signal.reason);
    await near.remote.upper('heard of it');
    expect([near.pending, far.pending]).toEqual([0, 0]);
  });

  it('reject what is pending when the port closes', async () => {
    channel.port1.on('close', () => near.close(new Error('The port is closed.')));
    const waiting = near.remote.wait(new AbortController().signal);
    channel.port2.close();
    await expect(waiting).rejects.toThrow('The port is closed.');
    expect(near.pending).toBe(0);
  });
});
