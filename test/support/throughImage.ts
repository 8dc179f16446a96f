import { runToCompletion } from '../../src/core/async/incremental.ts';
import { ImageReader, ImageWriter, type ImagePart, type StoredPart } from '../../src/core/memory/image.ts';

/** What something saved, as it comes back from a store: copies, pages to be read when they are wanted. */
export function throughImage(save: (image: ImageWriter) => Generator<void> | undefined): ImageReader {
  const image = new ImageWriter();
  const steps = save(image);
  if (steps) runToCompletion(steps);
  return new ImageReader(storedParts(image.parts));
}

/** All bytes that something saves, pages aside, as text that can be searched for what must not be in it. */
export function textOfImage(save: (image: ImageWriter) => Generator<void>): string {
  const image = new ImageWriter();
  runToCompletion(save(image));
  return Buffer.concat(image.parts.filter((part) => part instanceof Uint8Array)).toString('latin1');
}

/** Copies of the parts as a store gives them. */
export function storedParts(parts: readonly ImagePart[]): readonly StoredPart[] {
  return parts.map((part): StoredPart => {
    if (part instanceof Uint8Array) return part.slice();
    const pages = Array.from({ length: part.count }, (_, page) => part.at(page)?.slice());
    return {
      count: pages.length,
      has: (page) => pages[page] !== undefined,
      read: (page) => pages[page]?.slice() ?? new Uint32Array(0),
    };
  });
}
