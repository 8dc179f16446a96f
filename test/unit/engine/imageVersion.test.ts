import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import { ImageWriter } from '../../../src/core/memory/image.ts';
import { FolderMemory, IMAGE_IDENTITY } from '../../../src/engine/workspace/memoryImages.ts';
import { segmentOf } from '../../support/segmentOf.ts';

const TEXT = `
/** Keeps apples. */
export class AppleKeeper extends Keeper {
  constructor(private readonly shelf: Shelf) {}
  isRipe(apple: Apple): boolean {
    return this.shelf.has(apple) && apple.age > 3;
  }
}
const parse = require('./parse');
export function sortApples(apples) {
  return apples.sort((a, b) => a.age - b.age);
}
`;

/** Everything that an image of a small folder consists of. */
function digest(): string {
  const memory = new FolderMemory();
  const segment = segmentOf(
    { 'src/apples.ts': TEXT, 'test/żółw.test.py': 'def test_żółw():\n    pass\n' },
    6,
  );
  for (const file of segment.files) {
    memory.lexical.addFile(segment, file);
    memory.model.addFile(segment, file);
    memory.loaded.set(file.path, 'hash');
  }
  const image = new ImageWriter();
  runToCompletion(memory.saveIncrementally(image));
  const hash = createHash('sha256');
  for (const part of image.parts) {
    if (part instanceof Uint8Array) hash.update(part);
    else for (let page = 0; page < part.count; page++) hash.update(part.at(page) ?? '');
  }
  return hash.digest('hex').slice(0, 16);
}

test('an image of another content has another version', () => {
  // When this fails, images of before hold something else than the program would build now: raise `VERSION` in
  // `memoryImages.ts`, and change both lines here.
  expect(IMAGE_IDENTITY).toMatch(/^memory 5, /);
  expect(digest()).toBe('ddd6b8a37e3e1273');
});
