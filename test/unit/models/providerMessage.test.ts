import { describe, expect, test } from 'vitest';
import { providerMessage } from '../../../src/adapters/http/providerMessage.ts';
import { retryAfterMs } from '../../../src/adapters/http/toModelError.ts';
import { connectionError } from '../../../src/adapters/http/connectionError.ts';

describe('what a provider says', () => {
  test('loses every secret', () => {
    const said = 'Incorrect key: own-secret. You sent Bearer abc.def-ghi and sk-proj-12****90, or gw value.';
    expect(providerMessage(said, ['own-secret', 'gw value', ''])).toBe(
      'Incorrect key: [secret]. You sent [secret] and [secret], or [secret].',
    );
  });

  test('is one line of bearable length', () => {
    const message = providerMessage(`a\n  b\t${'x'.repeat(1_000)}`, []);
    expect(message.startsWith('a b x')).toBe(true);
    expect(message.length).toBeLessThan(410);
  });
});

describe('a wish to wait', () => {
  const now = Date.UTC(2026, 10, 20, 12, 0, 0);
  test.each([
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': ' 12 ' }, 12_000],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': 'tomorrow' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{}, undefined],
  ])('%o is %j', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>), now)).toBe(expected);
  });

  test('is none without headers', () => {
    expect(retryAfterMs(undefined, now)).toBeUndefined();
  });
});

describe('a failed connection', () => {
  const coded = (code: string) => Object.assign(new Error('low level'), { code });
  test.each([
    ['ECONNREFUSED', 'refused'],
    ['UND_ERR_CONNECT_TIMEOUT', 'refused'],
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['ECONNRESET', 'interrupted'],
    ['UND_ERR_SOCKET', 'interrupted'],
  ])('with %s is %s', (code, problem) => {
    const cause = coded(code);
    const error = connectionError('host', [new TypeError('fetch failed'), cause], undefined);
    expect(error).toMatchObject({ code: 'model-unavailable', problem, cause });
  });

  test('in the middle of an answer is a cut', () => {
    expect(connectionError('host', [coded('ECONNRESET')], 12)).toMatchObject({
      code: 'model-cut-off',
      receivedLength: 12,
    });
  });
});
