import { ImageCorruptError } from '../../../src/core/errors/storeErrors.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { GrowingUint32 } from '../../../src/core/memory/growingUint32.ts';
import { ImageReader, ImageWriter } from '../../../src/core/memory/image.ts';
import { PAGE_SIZE, type PageSource } from '../../../src/core/memory/pages.ts';
import { throughImage } from '../../support/throughImage.ts';

const filled = (length: number) => {
  const list = new GrowingUint32();
  for (let at = 0; at < length; at++) list.push(at * 7 + 1);
  return list;
};

const save = (list: GrowingUint32) =>
  throughImage((image) => {
    list.save(image);
    return undefined;
  });

test('a list comes back from its image and goes on growing', () => {
  const length = fc.oneof(fc.nat(10), fc.integer({ min: PAGE_SIZE - 2, max: PAGE_SIZE * 2 + 2 }));
  fc.assert(
    fc.property(length, fc.nat(PAGE_SIZE * 2), (count, floor) => {
      const list = filled(count);
      list.dropBelow(floor);
      const restored = new GrowingUint32(save(list));
      for (let more = 0; more < 5; more++) {
        list.push(more);
        restored.push(more);
      }
      expect(restored.length).toBe(list.length);
      for (let at = 0; at < list.length; at += 97) expect(restored.at(at)).toBe(list.at(at));
      for (let at = list.length - 6; at <= list.length; at++) expect(restored.at(at)).toBe(list.at(at));
    }),
    { numRuns: 20 },
  );
});

describe('pages of an image', () => {
  /** Notes what is read. */
  function restored(pages: number, read: number[]): GrowingUint32 {
    const image = new ImageWriter();
    filled(pages * PAGE_SIZE).save(image);
    const [head] = image.parts;
    const source: PageSource = {
      count: pages,
      has: () => true,
      read(page) {
        read.push(page);
        return new Uint32Array(PAGE_SIZE).fill(page + 1);
      },
    };
    return new GrowingUint32(new ImageReader([head as Uint8Array, source]));
  }

  test('are read when they are wanted, once', () => {
    const read: number[] = [];
    const list = restored(5, read);
    expect(read).toEqual([]);
    expect([list.at(3 * PAGE_SIZE), list.at(3 * PAGE_SIZE + 9), list.at(0)]).toEqual([4, 4, 1]);
    expect(read).toEqual([3, 0]);
  });

  test('are fetched one in a step, without those that are there or forgotten', () => {
    const read: number[] = [];
    const list = restored(5, read);
    list.at(2 * PAGE_SIZE);
    list.dropBelow(2 * PAGE_SIZE);
    const fetching = list.fetchIncrementally();
    fetching.next();
    expect(read).toEqual([2, 3]);
    runToCompletion(fetching);
    expect(read).toEqual([2, 3, 4]);
    expect([list.at(0), list.at(PAGE_SIZE), list.at(4 * PAGE_SIZE)]).toEqual([0, 0, 5]);
  });

  test('that cannot be read say so, each time', () => {
    const source: PageSource = {
      count: 1,
      has: () => true,
      read() {
        throw new Error('unreadable');
      },
    };
    const list = new GrowingUint32(new ImageReader([new Uint8Array(Uint32Array.of(9).buffer), source]));
    expect(() => list.at(0)).toThrow('unreadable');
    expect(() => {
      runToCompletion(list.fetchIncrementally());
    }).toThrow('unreadable');
    expect(list.at(PAGE_SIZE)).toBe(0);
  });
});

test('parts are asked for as what they are', () => {
  const image = new ImageReader([
    new Uint8Array(4),
    { count: 0, has: () => false, read: () => new Uint32Array(0) },
  ]);
  expect(() => image.pages()).toThrow(ImageCorruptError);
  expect(() => image.bytes()).toThrow(ImageCorruptError);
  expect(() => image.texts()).toThrow(ImageCorruptError);
});
