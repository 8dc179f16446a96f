import type { SecretSpan } from './valueAt.ts';
import { isSecretValue } from './secretValue.ts';

const BLOCK = /^([ \t]*)(stringData|data):[ \t]*$/gm;
const ENTRY = /^([ \t]+)[\w.-]{1,100}:[ \t]+(["']?)([^\s"'][^"'\n]*)\2$/;
const BASE64 = /^(?=.{8,}$)[A-Za-z0-9+/]+={0,2}$/;
const LONGEST_BLOCK = 100;

/** Whatever stands in the data of a Kubernetes Secret, under any name. */
export function manifestSecrets(text: string): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  for (const { index, 0: head, 1: indent = '', 2: block } of text.matchAll(BLOCK)) {
    if (block === 'data' && !isOfSecret(text, index)) continue;
    let at = index + head.length + 1;
    for (let line = 0; line < LONGEST_BLOCK && at < text.length; line++) {
      const end = Math.min((text.indexOf('\n', at) + 1 || text.length + 1) - 1, at + 2_000);
      const entry = ENTRY.exec(text.slice(at, end).trimEnd());
      if (entry?.[3] === undefined || (entry[1] ?? '').length <= indent.length) break;
      const value = entry[3];
      const start = at + entry[0].lastIndexOf(value);
      if (block === 'stringData' ? isSecretValue(value, 'strong', false) : BASE64.test(value)) {
        spans.push({ start, end: start + value.length });
      }
      at = end + 1;
    }
  }
  return spans;
}

function isOfSecret(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 600), index);
  return /^kind: Secret\s*$/m.test(before.slice(before.lastIndexOf('\n---') + 1));
}
