import { describe, expect, test } from 'vitest';
import { toModelError } from '../../../src/adapters/http/toModelError.ts';
import { ModelResponseError } from '../../../src/core/errors/modelErrors.ts';

const context = { endpoint: 'host', model: 'm', secrets: ['own-key'], hasKey: true, now: () => 0 };
const translate = (error: unknown, receivedLength?: number) => toModelError(error, context, receivedLength);
const coded = (code: string) => Object.assign(new Error('low level'), { code });

describe('what an SDK throws', () => {
  test('is the error of ours that is in it', () => {
    const own = new ModelResponseError('host', 'redirect', 'b');
    expect(translate(new Error('Connection error.', { cause: own }))).toBe(own);
  });

  test.each([
    ['details of an error', { type: 'rate_limit_error', message: 'why' }, 'model-rate-limit'],
    [
      'a whole body',
      { type: 'error', error: { type: 'overloaded_error', message: 'why' } },
      'model-unavailable',
    ],
    ['a numeric code', { code: 502, message: 'why' }, 'model-unavailable'],
    ['a text', 'why', 'model-request'],
    ['a FastAPI detail', { detail: 'why' }, 'model-request'],
    ['an unknown type', { type: 'odd', message: 'why' }, 'model-request'],
  ])('is understood by %s', (_, error, code) => {
    expect(translate(Object.assign(new Error('sdk'), { error }))).toMatchObject({ code });
  });

  test('is understood by its status when the body says nothing', () => {
    const error = Object.assign(new Error('sdk'), { status: 500, error: undefined });
    expect(translate(error)).toMatchObject({ code: 'model-unavailable', problem: 'failed' });
  });

  test('quotes the provider without the key', () => {
    const error = Object.assign(new Error('sdk'), { status: 400, error: { message: 'bad own-key' } });
    expect(translate(error)).toMatchObject({ message: expect.stringContaining('bad [secret].') as string });
  });

  test('is a connection when an address of several was refused', () => {
    const tried = new AggregateError([coded('EADDRNOTAVAIL'), coded('ECONNREFUSED')]);
    expect(translate(new TypeError('fetch failed', { cause: tried }))).toMatchObject({ problem: 'refused' });
  });

  test('is a cut when an answer had begun', () => {
    const error = new TypeError('terminated', { cause: coded('UND_ERR_SOCKET') });
    expect(translate(error, 7)).toMatchObject({ code: 'model-cut-off', receivedLength: 7 });
  });

  test('stays what it is when a program is wrong', () => {
    const mistake = new TypeError('x is not a function');
    expect(translate(mistake)).toBe(mistake);
    expect(translate(mistake, 5)).toBe(mistake);
  });

  test('may be a chain of causes that leads back to its start', () => {
    const first: Error = new Error('first');
    const second = new Error('second', { cause: first });
    first.cause = second;
    expect(translate(first)).toBe(first);
  });
});
