import { describe, expect, test } from 'vitest';
import { ModelRefusal } from '../../../src/adapters/http/refusal.ts';
import { toModelError } from '../../../src/adapters/http/toModelError.ts';
import { ModelResponseError } from '../../../src/core/errors/modelErrors.ts';

const context = { endpoint: 'host', model: 'm', secrets: ['own-key'], hasKey: true, now: () => 0 };
const translate = (error: unknown, receivedLength?: number) => toModelError(error, context, receivedLength);
const coded = (code: string) => Object.assign(new Error('low level'), { code });
const refused = (body: unknown, status?: number) =>
  new ModelRefusal(body, status === undefined ? undefined : { status, headers: new Headers() });

describe('what went wrong with a request', () => {
  test('is the error of ours that is in it', () => {
    const own = new ModelResponseError('host', 'redirect', 'b');
    expect(translate(new Error('Connection error.', { cause: own }))).toBe(own);
  });

  test.each([
    ['details of an error', { type: 'rate_limit_error', message: 'why' }, 'model-rate-limit'],
    ['a body', { type: 'error', error: { type: 'overloaded_error', message: 'why' } }, 'model-unavailable'],
    ['a numeric code', { code: 502, message: 'why' }, 'model-unavailable'],
    ['a text', 'why', 'model-request'],
    ['a FastAPI detail', { detail: 'why' }, 'model-request'],
    ['an unknown type', { type: 'odd', message: 'why' }, 'model-request'],
  ])('is understood by %s', (_, body, code) => {
    expect(translate(refused(body))).toMatchObject({ code });
  });

  test('is understood by its status when the body says nothing', () => {
    expect(translate(refused('', 500))).toMatchObject({ code: 'model-unavailable', problem: 'failed' });
  });

  test('quotes the provider without the key', () => {
    expect(translate(refused({ error: { message: 'bad own-key' } }, 400))).toMatchObject({
      message: expect.stringContaining('bad [secret].') as string,
    });
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
