import { reachOf } from '../../core/models/hostReach.ts';
import { type ModelAccess, modelId } from '../../core/models/modelChoice.ts';

/** Whether code stays on this machine or at a private address, so that nobody has to agree to its going there. */
export function isNear({ baseUrl }: ModelAccess): boolean {
  return reachOf(new URL(baseUrl).hostname) !== 'internet';
}

/** What somebody agrees to when code may go out: a model and where it is. */
export function agreementTo(access: ModelAccess): string {
  return `${modelId(access)} at ${hostOf(access)}`;
}

export function hostOf({ baseUrl }: ModelAccess): string {
  return new URL(baseUrl).host;
}

/** Changes with all that makes a connection another one. */
export function connectionKey(access: ModelAccess): string {
  const { baseUrl, plainHttp, apiKey = '', headers = {} } = access;
  return `${agreementTo(access)} ${baseUrl} ${String(plainHttp)} ${apiKey} ${JSON.stringify(headers)}`;
}
