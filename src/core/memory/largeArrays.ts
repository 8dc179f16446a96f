const PAGE_BYTES = 65_536;
/** Smaller pieces are not worth a mapping of their own. */
const MIN_BYTES = 2 ** 20;

/*
 * Arrays of zeros for work on many numbers. Large ones lie in memory that is mapped for them alone, as WebAssembly's is,
 * and goes back to the system with them. What `new Float64Array` takes of an allocator such as glibc's leaves holes when
 * it is given up: once pieces of 32 MB have been freed, that keeps as much as 64 MB at each of its ends, and all of it
 * below what else lives there.
 */

export function largeFloat64Array(length: number): Float64Array {
  return new Float64Array(bufferFor(length * Float64Array.BYTES_PER_ELEMENT), 0, length);
}

export function largeFloat32Array(length: number): Float32Array {
  return new Float32Array(bufferFor(length * Float32Array.BYTES_PER_ELEMENT), 0, length);
}

export function largeUint32Array(length: number): Uint32Array {
  return new Uint32Array(bufferFor(length * Uint32Array.BYTES_PER_ELEMENT), 0, length);
}

function bufferFor(bytes: number): ArrayBuffer {
  if (bytes < MIN_BYTES) return new ArrayBuffer(bytes);
  const pages = Math.ceil(bytes / PAGE_BYTES);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer;
  } catch {
    // There are no addresses left for the guard regions around it.
    return new ArrayBuffer(bytes);
  }
}
