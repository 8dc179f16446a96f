import { BOUNDARY } from './anchor.ts';
import type { Match } from './matchSearch.ts';
import { Renaming } from './renaming.ts';
import type { TokenSpace } from './tokenSpace.ts';
import { NAME } from './wordKinds.ts';

const MAX_CONTEXT = 48;

/** How names before the match translate to those before the cursor, and the match's file name to the live file's. */
export function renamingOf(match: Match, contextEnd: number, path: string, space: TokenSpace): Renaming {
  const renaming = new Renaming(space.corpus.vocabulary);
  const { kinds } = space.corpus;
  for (let back = 0; back < MAX_CONTEXT; back++) {
    const theirs = space.wordAt(match.next - 1 - back);
    const ours = space.wordAt(contextEnd - back);
    if (theirs === BOUNDARY || ours === BOUNDARY) break;
    if (theirs === ours) {
      if (kinds.of(theirs) === NAME) renaming.keep(theirs);
    } else if (kinds.of(theirs) === NAME && kinds.of(ours) === NAME) renaming.addPair(theirs, ours);
    else break;
  }
  if (match.file !== undefined) renaming.addTexts(baseName(match.file.path), baseName(path));
  return renaming;
}

function baseName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.indexOf('.', 1);
  return dot < 0 ? name : name.slice(0, dot);
}
