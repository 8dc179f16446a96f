import type { DefinedRange } from '../../../core/retrieval/sourceText.ts';
import type { SourceFile } from '../../sourceFile.ts';
import type { Workspace } from '../../workspace.ts';
import { isTelling } from '../nameParts.ts';

const MIN_CHARS = 6;
const MIN_BODY_LINES = 3;

/** The definitions of a file whose name can be asked for: it means one thing in the whole workspace. */
export function soleDefinitions(file: SourceFile, workspace: Workspace): readonly DefinedRange[] {
  if (file.isTest || !file.language) return [];
  return file.definitions.filter(({ name, line, end }) => {
    if (name.length < MIN_CHARS || !isTelling(name) || end - line + 1 < MIN_BODY_LINES) return false;
    return workspace.definitions(name).length === 1;
  });
}
