import { chmod, open, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createImageFile, removeImages } from '../../../src/adapters/image/imageFile.ts';
import { ImageCorruptError } from '../../../src/core/errors/storeErrors.ts';
import { GrowingUint32 } from '../../../src/core/memory/growingUint32.ts';
import { ImageReader, ImageWriter } from '../../../src/core/memory/image.ts';
import { PAGE_SIZE } from '../../../src/core/memory/pages.ts';
import type { StoredImage } from '../../../src/core/ports/imageStore.ts';
import { canMakeReadOnly, makeReadOnly } from '../../support/makeReadOnly.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { silentLogger } from '../../support/silentLogger.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const NEVER = new AbortController().signal;
const LENGTH = 3 * PAGE_SIZE + 100;
const DROPPED = PAGE_SIZE + 1;

let folder: string;
const file = () => join(folder, 'memory.image');
const images = () => createImageFile(folder, silentLogger);

/** A list of which the first page was dropped, between texts and odd bytes. */
function image(): ImageWriter {
  const writer = new ImageWriter();
  const list = new GrowingUint32();
  for (let at = 0; at < LENGTH; at++) list.push(at);
  list.dropBelow(DROPPED);
  writer.texts(['src/ä.ts', '\ud800 alone']);
  list.save(writer);
  writer.bytes(Uint8Array.of(1, 2, 3));
  writer.numbers(Uint32Array.of(0xffff_ffff, 7));
  return writer;
}

const save = (identity = 'v1') => images().write(identity, image().parts, NEVER);

/** Everything that is in an image. */
function contentOf({ parts }: StoredImage) {
  const reader = new ImageReader(parts);
  const texts = reader.texts();
  const list = new GrowingUint32(reader);
  const numbers = [0, PAGE_SIZE - 1, PAGE_SIZE, 2 * PAGE_SIZE, LENGTH - 1, LENGTH].map((at) => list.at(at));
  return { texts, length: list.length, numbers, bytes: [...reader.bytes()], last: [...reader.numbers()] };
}

const CONTENT = {
  texts: ['src/ä.ts', '\ud800 alone'],
  length: LENGTH,
  numbers: [0, 0, PAGE_SIZE, 2 * PAGE_SIZE, LENGTH - 1, 0],
  bytes: [1, 2, 3],
  last: [0xffff_ffff, 7],
};

beforeEach(() => {
  folder = temporaryFolder();
});

describe('an image', () => {
  test('comes back whole, again and again, and is nobody else’s to read', async () => {
    await save();
    for (let round = 0; round < 2; round++) {
      const opened = await images().open('v1');
      expect(opened && contentOf(opened)).toEqual(CONTENT);
      await opened?.close();
    }
    if (process.platform !== 'win32') expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  test('is there for its own identity only', async () => {
    expect(await images().open('v1')).toBeUndefined();
    await save();
    expect(await images().open('v2')).toBeUndefined();
    await save('v2');
    const opened = await images().open('v2');
    expect(opened).toBeDefined();
    await opened?.close();
  });

  test('can be replaced while it is being read', async () => {
    await save();
    const opened = await images().open('v1');
    await images().write('v1', [Uint8Array.of(9)], NEVER);
    expect(opened && contentOf(opened)).toEqual(CONTENT);
    await opened?.close();
  });

  test('stays as it is in a store that is only read', async () => {
    await save();
    const reading = createImageFile(folder, silentLogger, true);
    await reading.write('v2', image().parts, NEVER);
    await reading.remove();
    expect(await readdir(folder)).toEqual(['memory.image']);
    const opened = await reading.open('v1');
    expect(opened && contentOf(opened)).toEqual(CONTENT);
    await opened?.close();
  });

  test('of which nobody wants the rest leaves no file behind', async () => {
    await save();
    const controller = new AbortController();
    controller.abort(new Error('memory changes'));
    await expect(images().write('v2', image().parts, controller.signal)).rejects.toThrow('memory changes');
    expect(await readdir(folder)).toEqual(['memory.image']);
    const opened = await images().open('v1');
    expect(opened).toBeDefined();
    await opened?.close();
  });

  test('that a killed process was writing is removed by the next one', async () => {
    await writeFile(`${file()}.1234.tmp`, 'half');
    await save();
    expect(await readdir(folder)).toEqual(['memory.image']);
    await writeFile(`${file()}.1234.tmp`, 'half');
    await writeFile(join(folder, 'manifest.sqlite'), 'other');
    removeImages(folder);
    expect(await readdir(folder)).toEqual(['manifest.sqlite']);
  });

  test.runIf(canMakeReadOnly())(
    'cannot be written in a folder that is read-only, and the error says so',
    async () => {
      await save();
      const undo = makeReadOnly(folder);
      try {
        await expect(save('v2')).rejects.toThrow(/EACCES|EROFS|EPERM/);
      } finally {
        undo();
      }
    },
  );
});

describe('a damaged image', () => {
  /** What an image that may be damaged gives: the right content, nothing, or an `ImageCorruptError`. */
  async function outcome(): Promise<unknown> {
    const opened = await images().open('v1');
    if (opened === undefined) return 'none';
    try {
      return contentOf(opened);
    } catch (error) {
      expect(error).toBeInstanceOf(ImageCorruptError);
      return 'damaged';
    } finally {
      await opened.close();
    }
  }

  test('with any one byte altered gives nothing wrong', async () => {
    await save();
    const sound = await readFile(file());
    const random = seededRandom(7);
    const places = [0, 4, 9, 16, 24, 31, 40, sound.length - 1];
    while (places.length < 120) places.push(random.below(sound.length));
    for (const place of places) {
      const spoiled = Buffer.from(sound);
      spoiled[place] = (spoiled[place] ?? 0) ^ 0x55;
      await writeFile(file(), spoiled);
      const found = await outcome();
      // Bytes between two parts belong to none of them.
      if (found !== 'none' && found !== 'damaged') expect([place, found]).toEqual([place, CONTENT]);
    }
  });

  test.each([0, 5, 31, 32, 100, 4000, 300_000])('cut short after %i bytes gives nothing', async (length) => {
    await save();
    await truncate(file(), length);
    expect(await outcome()).toBe('none');
    await save();
    expect(await outcome()).toEqual(CONTENT);
  });

  test('whose pages are cut off under the reader says so when they are wanted', async () => {
    await save();
    const opened = await images().open('v1');
    await truncate(file(), 2000);
    expect(() => opened && contentOf(opened)).toThrow(ImageCorruptError);
    await opened?.close();
  });

  test('that is a folder, or something else altogether, gives nothing', async () => {
    await writeFile(file(), 'not an image at all, but long enough to have a header');
    expect(await outcome()).toBe('none');
    await save();
    expect(await outcome()).toEqual(CONTENT);
  });

  test('that cannot be opened gives nothing', async (context) => {
    await save();
    await chmod(file(), 0);
    const handle = await open(file()).catch(() => undefined);
    if (handle) {
      await handle.close();
      return context.skip('this user may read anything');
    }
    expect(await outcome()).toBe('none');
  });
});
