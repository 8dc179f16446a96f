const NUL_SEARCH_BYTES = 8000;
const MAX_INVALID_SHARE = 0.1;
const REPLACEMENT = '\ufffd';

/**
 * The text in a file's bytes, without a byte order mark; `undefined` when they are not text. UTF-8 is assumed unless
 * a mark says UTF-16. A file in a one-byte encoding is text with some replacement characters, as in the editor.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, NUL_SEARCH_BYTES).includes(0)) return undefined;
  const text = new TextDecoder().decode(bytes);
  return text.includes(REPLACEMENT) && invalidShare(text) > MAX_INVALID_SHARE ? undefined : text;
}

function invalidShare(text: string): number {
  let invalid = 0;
  for (let at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, at + 1)) invalid++;
  return invalid / text.length;
}
