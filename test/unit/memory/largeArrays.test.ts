import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  largeFloat32Array,
  largeFloat64Array,
  largeUint32Array,
} from '../../../src/core/memory/largeArrays.ts';

const WAYS = [
  ['Float64Array', largeFloat64Array],
  ['Float32Array', largeFloat32Array],
  ['Uint32Array', largeUint32Array],
] as const;
const SIZES = [0, 1, 1000, 500_001];

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each(WAYS)('a large %s', (name, make) => {
  it.each(SIZES)('of %i numbers has that many zeros', (length) => {
    const array = make(length);
    expect(array.constructor.name).toBe(name);
    expect(array.length).toBe(length);
    expect(array.every((number) => number === 0)).toBe(true);
  });

  it('keeps what is written to its ends, and shares it with no other', () => {
    const [array, other] = [make(400_000), make(400_000)];
    array[0] = 7;
    array[array.length - 1] = 9;
    expect([array[0], array.at(-1)]).toEqual([7, 9]);
    expect([other[0], other.at(-1)]).toEqual([0, 0]);
  });

  it('is there as well where no addresses are left, or no WebAssembly', () => {
    const Memory = vi.fn(function exhausted() {
      throw new RangeError('could not allocate memory');
    });
    vi.stubGlobal('WebAssembly', { Memory });
    expect(make(500_001).length).toBe(500_001);
    expect(Memory).toHaveBeenCalledOnce();
    vi.stubGlobal('WebAssembly', undefined);
    expect(make(500_001).length).toBe(500_001);
  });

  it('lies in memory of its own only when it is large', () => {
    const Memory = vi.fn(WebAssembly.Memory);
    vi.stubGlobal('WebAssembly', { Memory });
    make(1000);
    expect(Memory).not.toHaveBeenCalled();
    make(1_000_000);
    expect(Memory).toHaveBeenCalledOnce();
  });
});

it('as many as learning needs at a time are there together', () => {
  const arrays = Array.from({ length: 60 }, (_, at) => largeFloat64Array(200_000).fill(at));
  expect(arrays.every((array, at) => array.at(-1) === at)).toBe(true);
});
