import { describe, expect, test } from 'vitest';
import { providerMessage } from '../../../src/adapters/http/providerMessage.ts';
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
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'not-tls'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'not-tls'],
    ['EPROTO', 'not-tls'],
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
