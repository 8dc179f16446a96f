import type { TokenCounter } from './tokenCounter.ts';

const MARK = ' […]';

/** The beginning of a text, with a mark where it was cut, in at most `maxTokens`; empty when not even that fits. */
export function cutToTokens(text: string, maxTokens: number, count: TokenCounter): string {
  if (count(text) <= maxTokens) return text;
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (count(cutAt(text, middle)) <= maxTokens) fits = middle;
    else tooLong = middle;
  }
  return fits === 0 ? '' : cutAt(text, fits);
}

/** Never between the halves of a surrogate pair. */
function cutAt(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const isHalf = last >= 0xd800 && last < 0xdc00;
  return text.slice(0, isHalf ? length - 1 : length) + MARK;
}
