/**
 * A vector as a list of numbers, as a list of that list, or in base64 (float32, little-endian). What is no number in it is
 * NaN, so that one bad vector does not take the good ones along. Throws a `SyntaxError` for what is no vector.
 */
export function vectorOf(value: unknown): Float32Array {
  if (typeof value === 'string') return vectorOfBase64(value);
  if (!Array.isArray(value) || value.length === 0) throw new SyntaxError('not a vector');
  const list: readonly unknown[] = value;
  const [first] = list;
  if (list.length === 1 && Array.isArray(first)) return vectorOf(first);
  return Float32Array.from(list, (each) => (typeof each === 'number' ? each : NaN));
}

function vectorOfBase64(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.length % 4 !== 0) throw new SyntaxError('not a vector');
  return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at));
}
