import { WorkspaceModel } from '../../core/completion/workspaceModel.ts';
import { assertImage, type ImageReader, type ImageWriter } from '../../core/memory/image.ts';
import { DEFAULT_LEXICAL_WEIGHTS } from '../../core/retrieval/lexicalWeights.ts';
import { LexicalIndex } from '../../core/retrieval/lexicalIndex.ts';

// Raise it when anything that gets into an image means something else than before, or other numbers come of the same code.
const VERSION = 2;

/** What an image must have been made with to be of use; the recipe of the segments is looked at besides. */
export const IMAGE_IDENTITY = `memory ${VERSION}, weights ${JSON.stringify(DEFAULT_LEXICAL_WEIGHTS)}`;

/** What the reading side of a folder holds, and of which content it was built. */
export class FolderMemory {
  readonly lexical: LexicalIndex;
  readonly model: WorkspaceModel;
  /** Path → hash of the content. */
  readonly loaded: Map<string, string>;
  /** The recipe of the segments. */
  recipe: string;

  /** Empty, or as it was when the image was made. */
  constructor(image?: ImageReader) {
    const [recipe = '', ...hashes] = image?.texts() ?? [];
    const paths = image?.texts() ?? [];
    assertImage(hashes.length === paths.length, 'files without hashes');
    this.recipe = recipe;
    this.loaded = new Map(paths.map((path, at) => [path, hashes[at] ?? '']));
    this.lexical = new LexicalIndex(DEFAULT_LEXICAL_WEIGHTS, image);
    this.model = new WorkspaceModel({}, image);
  }

  /** Writes what there is. Nothing may change until the image is written. */
  *saveIncrementally(image: ImageWriter): Generator<void> {
    image.texts([this.recipe, ...this.loaded.values()]);
    image.texts([...this.loaded.keys()]);
    yield* this.lexical.saveIncrementally(image);
    yield* this.model.saveIncrementally(image);
  }

  /** Reads what of restored memory is still only in the image. Throws an `ImageCorruptError` when that is damaged. */
  *fetchIncrementally(): Generator<void> {
    yield* this.lexical.fetchIncrementally();
    yield* this.model.fetchIncrementally();
  }
}
