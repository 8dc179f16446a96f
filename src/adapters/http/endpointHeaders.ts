import { ModelAuthError, ModelEndpointError } from '../../core/errors/modelErrors.ts';

export interface HeaderSource {
  /** Host, for messages. */
  readonly endpoint: string;
  /** Absent for servers that need none. */
  readonly apiKey?: string | undefined;
  /** Sent with every request, for example for a gateway. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const KEY = /^[\x21-\x7e]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

/** The headers that identify us to an endpoint. What fetch would reject is reported here, because fetch quotes values. */
export function endpointHeaders(source: HeaderSource): Readonly<Record<string, string>> {
  const key = source.apiKey?.trim() ?? '';
  if (key !== '' && !KEY.test(key)) throw new ModelAuthError(source.endpoint, 'malformed');
  for (const [name, value] of Object.entries(source.headers ?? {})) {
    if (!/^[\w-]+$/.test(name) || !HEADER_VALUE.test(value)) {
      throw new ModelEndpointError('header', JSON.stringify(name));
    }
  }
  return { ...(key === '' ? {} : { authorization: `Bearer ${key}` }), ...source.headers };
}
