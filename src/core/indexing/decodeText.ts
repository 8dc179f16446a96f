import { guessEncoding } from '../text/legacyEncoding.ts';

const NUL_SEARCH_BYTES = 8000;
const MAX_INVALID_SHARE = 0.1;
/** Signs that no text has, but for one in a thousand. */
const MAX_CONTROL_SHARE = 0.001;
const REPLACEMENT = '\ufffd';
// What no editor writes into text: control characters but for tab, line ends, form feed and escape; unassigned; private.
const NOT_TEXT = /[^\P{C}\t\n\r\f\u001b\p{Cf}\p{Cs}]/gu;

/**
 * The text in a file's bytes, without a byte order mark; `undefined` when they are not text. A mark says which Unicode
 * encoding it is; without one it is UTF-8 where the bytes are, UTF-16 where every other byte of ASCII is NUL, else the most
 * probable of the older encodings. UTF-8 with a few broken characters is UTF-8 with replacement characters.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, NUL_SEARCH_BYTES).includes(0)) return decodeUtf16(bytes);
  const text = new TextDecoder().decode(bytes);
  if (!text.includes(REPLACEMENT) || isMostlySound(text)) return text;
  const encoding = guessEncoding(bytes);
  const guessed = encoding && asText(new TextDecoder(encoding).decode(bytes));
  return guessed ?? (invalidShare(text) > MAX_INVALID_SHARE ? undefined : text);
}

/** Whether there are more sound characters above ASCII than broken ones. */
function isMostlySound(text: string): boolean {
  let [sound, broken] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) === REPLACEMENT) broken++;
    else if (text.charCodeAt(at) > 0x7f) sound++;
  }
  return sound > broken;
}

function invalidShare(text: string): number {
  let invalid = 0;
  for (let at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, at + 1)) invalid++;
  return invalid / text.length;
}

/** UTF-16 without a mark: all NULs are on one side of its units, and what it spells is text. */
function decodeUtf16(bytes: Uint8Array): string | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const nuls = [0, 0] as [number, number];
  for (let at = 0; at < Math.min(bytes.length, NUL_SEARCH_BYTES); at++) {
    if (bytes[at] === 0) nuls[at % 2 === 0 ? 0 : 1]++;
  }
  if (nuls[0] > 0 && nuls[1] > 0) return undefined;
  try {
    return asText(new TextDecoder(nuls[0] > 0 ? 'utf-16be' : 'utf-16le', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function asText(text: string): string | undefined {
  const odd = text.match(NOT_TEXT)?.length ?? 0;
  return odd > text.length * MAX_CONTROL_SHARE ? undefined : text;
}
