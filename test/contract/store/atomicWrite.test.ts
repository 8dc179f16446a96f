import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { atomicWrite } from '../../../src/adapters/durable/atomicWrite.ts';
import { storageError } from '../../../src/adapters/durable/storageError.ts';
import { syncFolder } from '../../../src/adapters/durable/makeFolder.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('an atomic write', () => {
  it('creates and replaces whole files and leaves nothing else', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'file');
    await atomicWrite(file, bytes('first, and longer'));
    await atomicWrite(file, bytes('second'));
    await syncFolder(folder);
    expect(readFileSync(file, 'utf8')).toBe('second');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('shows readers the old or the new content, whoever writes how often at once', async () => {
    const file = join(temporaryFolder(), 'file');
    const contents = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(200_000));
    await atomicWrite(file, bytes('a'));
    let writing = true;
    const writes = Promise.all(contents.map((content) => atomicWrite(file, bytes(content)))).then(
      () => (writing = false),
    );
    while (writing) {
      expect(['a', ...contents]).toContain(readFileSync(file, 'utf8'));
      await new Promise((resume) => setImmediate(resume));
    }
    await writes;
  });

  it('cleans up after a failure and keeps what was there', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken', 'inner'), 'kept');
    await expect(atomicWrite(join(folder, 'taken'), bytes('x'))).rejects.toMatchObject({
      code: 'store-unusable',
    });
    expect(readdirSync(folder)).toEqual(['taken']);
    expect(readdirSync(join(folder, 'taken'))).toEqual(['inner']);
  });
});

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  it.each([
    ['pipe', (place: string) => Promise.resolve(execFileSync('mkfifo', [place]))],
    [
      'socket',
      (place: string) => new Promise((done) => (server = createServer().listen(place, () => done(0)))),
    ],
  ])('attack: a %s in the place of a file is not replaced by one', async (kind, put) => {
    const folder = temporaryFolder();
    const place = join(folder, 'x');
    await put(place);
    const before = lstatSync(place);
    await expect(atomicWrite(place, bytes('x'))).rejects.toMatchObject({ code: 'store-unusable' });
    expect(lstatSync(place)).toMatchObject({ ino: before.ino, mode: before.mode });
    expect(before.isFIFO() ? 'pipe' : 'socket').toBe(kind);
    expect(readdirSync(folder)).toEqual(['x']);
  });

  let server: Server | undefined;
  afterAll(() => server?.close());
});

describe('a file system error', () => {
  it.each([
    ['ENOSPC', 'store-full'],
    ['EDQUOT', 'store-full'],
    ['EROFS', 'store-read-only'],
    ['EACCES', 'store-read-only'],
    ['EIO', 'store-unusable'],
  ])('%s becomes %s with its cause', (code, expected) => {
    const cause = Object.assign(new Error(code), { code });
    expect(storageError(cause, '/place')).toMatchObject({ code: expected, cause });
    expect(storageError(cause, '/place')).toHaveProperty('message', expect.stringContaining('/place'));
  });

  it('of another kind stays what it is', () => {
    const error = new Error('something else');
    expect(storageError(error, '/place')).toBe(error);
  });
});
