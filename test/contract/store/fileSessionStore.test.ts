import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileSessionStore } from '../../../src/adapters/sessions/fileSessionStore.ts';
import type { StoredSession } from '../../../src/core/ports/sessionStore.ts';
import { temporaryFolder } from '../crash/temporaryFolder.ts';

let folder: string;
let store: FileSessionStore;

beforeEach(() => {
  folder = join(temporaryFolder(), 'deep', 'sessions');
  store = new FileSessionStore(folder);
});

const session = (id: string, updatedAt = 5, text = 'Hello “there” \u2028'): StoredSession => ({
  id,
  createdAt: 1,
  updatedAt,
  messages: [
    { role: 'user', id: 'q', text },
    {
      role: 'assistant',
      id: 'a',
      parts: [
        { type: 'reasoning', text: 'Hm' },
        { type: 'text', text: 'Here [1].' },
        {
          type: 'tool',
          id: 't',
          name: 'read',
          input: { deep: [1, null] },
          result: { text: '', isError: true },
        },
        {
          type: 'edit',
          edit: { id: 'e', root: '/w', path: 'a.ts', hunks: [{ startLine: 1, removed: [], added: [''] }] },
        },
      ],
      citations: [{ number: 1, root: '/w', path: 'a.ts', startLine: 1, endLine: 2 }],
      notices: ['n'],
      note: '',
      source: 'openai:m',
      usage: { inputTokens: 1, outputTokens: 2 },
      state: 'streaming',
      stage: 'asking',
    },
  ],
});

const files = () => readdirSync(folder).sort();

describe('a session', () => {
  it('is read as it was saved, also by another store', async () => {
    await store.save(session('one'));
    expect(await new FileSessionStore(folder).load('one')).toEqual({ session: session('one'), problems: [] });
    expect(files()).toEqual(['one.json']);
  });

  it('is one file that nobody else can read', async () => {
    await store.save(session('one'));
    if (process.platform === 'win32') return;
    expect(statSync(join(folder, 'one.json')).mode & 0o077).toBe(0);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('is that of the later call when two save at once', async () => {
    await Promise.all(['a', 'b', 'c'].map((text) => store.save(session('one', 5, text))));
    expect((await store.load('one')).session).toEqual(session('one', 5, 'c'));
  });

  it('is gone once deleted, with what a killed writer left of it, and nothing else is', async () => {
    await store.save(session('one'));
    await store.save(session('one-more'));
    writeFileSync(join(folder, 'one.json.x.tmp'), 'half');
    await store.delete('one');
    expect(files()).toEqual(['one-more.json']);
    await store.delete('unknown');
    expect((await store.load('one')).session).toBeUndefined();
  });

  it('that is not there is none', async () => {
    expect(await store.load('one')).toEqual({ session: undefined, problems: [] });
    expect(await store.list()).toEqual({ sessions: [], problems: [] });
    await store.delete('one');
  });
});

describe('the list', () => {
  it('is found by looking at what is there, the session changed last first', async () => {
    for (const [id, at] of [
      ['a', 2],
      ['b', 3],
      ['c', 1],
    ] as const)
      await store.save(session(id, at));
    writeFileSync(join(folder, 'a.json.x.tmp'), 'half');
    writeFileSync(join(folder, 'notes of mine.json'), '{}');
    const { sessions, problems } = await new FileSessionStore(folder).list();
    expect(sessions.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
    expect(problems).toEqual([]);
    expect(files()).toContain('notes of mine.json');
  });
});

describe('a file that cannot be read', () => {
  const valid = JSON.stringify({ format: 1, ...session('one') });

  it.each([
    ['is torn', valid.slice(0, 200)],
    ['is empty', ''],
    ['is no session', '{"format":1}'],
    ['has a message of another kind', valid.replace('"role":"user"', '"role":"robot"')],
    ['has another name than it should', valid.replace('"id":"one"', '"id":"two"')],
  ])('because it %s is set aside and said, and stays as it is', async (_, text) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'one.json'), text);
    const { sessions, problems } = await store.list();
    expect(sessions).toEqual([]);
    const [aside = ''] = files();
    expect(files()).toHaveLength(1);
    expect(aside).toMatch(/^one\.json\.damaged-\d+$/);
    expect(problems).toEqual([
      `A conversation could not be read. What is there of it is kept in ${join(folder, aside)}.`,
    ]);
    expect(readFileSync(join(folder, aside), 'utf8')).toBe(text);
    await store.save(session('one'));
    await store.delete('one');
    expect(files()).toEqual([aside]);
  });

  it('because a newer version wrote it is set aside under that name', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'one.json'), valid.replace('"format":1', '"format":2'));
    const { session: loaded, problems } = await store.load('one');
    expect(loaded).toBeUndefined();
    expect(problems[0]).toMatch(/newer version of Touchstone.*one\.json\.newer-\d+\.$/);
  });
});

it('says what is wrong with the place', async () => {
  writeFileSync(join(temporaryFolder(), 'file'), '');
  const blocked = join(temporaryFolder(), 'file');
  writeFileSync(blocked, '');
  const there = new FileSessionStore(join(blocked, 'sessions'));
  await expect(there.save(session('one'))).rejects.toMatchObject({ code: 'store-unusable' });
  await expect(there.list()).rejects.toMatchObject({ code: 'store-unusable' });
});

describe('a file that somebody else wrote', () => {
  const put = (text: string) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'one.json'), text);
  };
  const sized = (messages: StoredSession['messages']) =>
    JSON.stringify({ format: 1, ...session('one'), messages });

  it('attack: is read as far as it can be shown', async () => {
    const many = Array.from(
      { length: 50_000 },
      (_, at) => ({ role: 'user', id: `q${String(at)}`, text: 'why?' }) as const,
    );
    put(sized(many));
    const { session: loaded } = await store.load('one');
    expect(loaded?.messages).toHaveLength(2_000);
    expect(loaded?.messages.at(-1)?.id).toBe('q49999');
  });

  it('attack: that is larger than any of ours is set aside unread', async () => {
    put(sized([{ role: 'user', id: 'q', text: 'x'.repeat(2 ** 25) }]));
    const { sessions, problems } = await store.list();
    expect(sessions).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(files()[0]).toMatch(/^one\.json\.damaged-\d+$/);
  });

  it('the longest that is kept can be read again', async () => {
    // Each of these units takes three bytes.
    const messages = Array.from(
      { length: 60 },
      (_, at) => ({ role: 'user', id: `q${String(at)}`, text: '漢'.repeat(200_000) }) as const,
    );
    await store.save({ ...session('one'), messages });
    const { session: loaded, problems } = await store.load('one');
    expect(problems).toEqual([]);
    expect(loaded?.messages.length).toBeGreaterThan(40);
    expect(loaded?.messages.at(-1)?.id).toBe('q59');
  });
});
