import {
  ModelCutOffError,
  type ModelError,
  ModelUnavailableError,
  type UnavailableProblem,
} from '../../core/errors/modelErrors.ts';

/** Codes of Node's sockets and of its fetch (undici). */
const PROBLEMS: readonly (readonly [RegExp, UnavailableProblem])[] = [
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, 'refused'],
  [/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL)$/, 'dns'],
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|^ERR_TLS/, 'tls'],
  [/^(ERR_SSL|EPROTO)/, 'not-tls'],
];
/** What undici says when a proxy will not let a connection through. */
const PROXY_REFUSAL = /^Proxy response \((\d+)\)/;
/** What Node says when the other end hangs up on its greeting. */
const NO_HANDSHAKE = /before secure TLS connection was established/;

/** The error for a connection that failed; `receivedLength` is undefined when there was no answer at all. */
export function connectionError(
  endpoint: string,
  causes: readonly unknown[],
  receivedLength: number | undefined,
): ModelError {
  // The innermost error is Node's own; those around it were made by libraries.
  const cause = causes.at(-1);
  if (receivedLength !== undefined) return new ModelCutOffError(endpoint, receivedLength, { cause });
  const codes = causes.flatMap((each) => codeOf(each));
  if (causes.some((each) => each instanceof Error && NO_HANDSHAKE.test(each.message))) {
    return new ModelUnavailableError(endpoint, 'not-tls', { cause });
  }
  const proxy = causes
    .map((each) => (each instanceof Error ? PROXY_REFUSAL.exec(each.message) : null))
    .find(Boolean);
  if (proxy)
    return new ModelUnavailableError(endpoint, 'blocked', { said: `proxy answered ${proxy[1] ?? ''}` });
  const found = PROBLEMS.find(([pattern]) => codes.some((code) => pattern.test(code)));
  return new ModelUnavailableError(endpoint, found?.[1] ?? 'interrupted', { cause });
}

function codeOf(error: unknown): readonly string[] {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? [code] : [];
}
