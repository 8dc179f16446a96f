import { describe, expect, it } from 'vitest';
import { isAbortError } from '../../../../src/core/errors/touchstoneError.ts';
import { StoreCorruptError } from '../../../../src/core/errors/storeErrors.ts';
import { describeError } from '../../../../src/engine/worker/describeError.ts';
import { RemoteError, toWireError } from '../../../../src/protocol/rpc/wireError.ts';

const cross = (thrown: unknown) => new RemoteError(structuredClone(toWireError(thrown)));

describe('an error that crosses', () => {
  it('keeps name, message, code and stack', () => {
    const original = new StoreCorruptError('manifest', 'cut short');
    const { name, code, message, stack } = original;
    expect(cross(original)).toMatchObject({ name, code, message, stack });
    expect(cross(original)).toBeInstanceOf(Error);
  });

  it('keeps the chain of causes, for the log', () => {
    const original = new StoreCorruptError('manifest', 'cut short', {
      cause: new RangeError('end of file', { cause: 'disk 3' }),
    });
    const crossed = cross(original);
    expect(crossed.cause).toMatchObject({ name: 'RangeError', message: 'end of file', cause: 'disk 3' });
    expect(describeError(crossed)).toBe(describeError(original));
  });

  it('is known as a cancellation', () => {
    expect(isAbortError(cross(AbortSignal.abort().reason))).toBe(true);
  });

  it('has no code, and no cause, that the original had not', () => {
    const crossed = cross(Object.assign(new Error('odd'), { code: { not: 'a code' } }));
    expect(crossed.code).toBeUndefined();
    expect('cause' in crossed).toBe(false);
  });

  it.each([
    ['text', 'gone', 'gone'],
    ['nothing', undefined, 'undefined'],
    ['an object', { status: 4 }, '[object Object]'],
  ])('crosses when it is %s', (_, thrown, message) => {
    expect(cross(thrown)).toMatchObject({ name: 'Error', message });
  });

  it('crosses without a cause that cannot be copied', () => {
    expect(cross(new Error('odd', { cause: () => 1 })).cause).toBe('a value that cannot be copied');
  });

  it('crosses when its chain of causes leads back to itself', () => {
    const knot = new Error('knot');
    knot.cause = knot;
    expect(cross(knot)).toMatchObject({ message: 'knot', cause: { message: 'knot' } });
  });
});
