import type { DefinedRange } from '../../core/retrieval/sourceText.ts';
import type { Place } from '../evalCase.ts';
import type { SourceFile } from '../sourceFile.ts';
import { placeOf } from '../workspace.ts';
import { parseGold } from './goldReference.ts';

/** The file that the evaluation reads at a path. */
export type FileAt = (path: string) => SourceFile | undefined;

const MAX_LISTED = 6;

/** The places that a gold entry means; a string says why there are none and what to do. */
export function resolveGold(gold: string, fileAt: FileAt): readonly Place[] | string {
  const reference = parseGold(gold);
  if (typeof reference === 'string') return reference;
  const { path, lines, names } = reference;
  const file = fileAt(path);
  if (!file) return noFile(path);
  const endLine = lastLine(file);
  if (lines && lines.endLine > endLine) {
    return `${path} has ${endLine} lines, so \`L${lines.endLine}\` is past its end. Correct the range.`;
  }
  if (lines) return [{ path, ...lines }];
  if (!names) return [{ path, startLine: 1, endLine }];
  const found = defined(file, names);
  return found.length > 0 ? found.map((range) => placeOf({ file, range })) : noName(file, names);
}

/** Why a path leads nowhere. */
export function noFile(path: string): string {
  return `${path} is not among the files that are evaluated. Check the spelling; ignored, very large and copied files are left out.`;
}

/** An empty line after the last line break is none. */
function lastLine({ lines }: SourceFile): number {
  return Math.max(1, lines.at(-1) === '' ? lines.length - 1 : lines.length);
}

function defined({ definitions }: SourceFile, names: readonly string[]): readonly DefinedRange[] {
  return names.reduce<readonly DefinedRange[]>(
    (outer, name, depth) =>
      definitions.filter(
        (range) => range.name === name && (depth === 0 || outer.some((each) => isInside(range, each))),
      ),
    [],
  );
}

function isInside(range: DefinedRange, outer: DefinedRange): boolean {
  return range !== outer && range.line >= outer.line && range.end <= outer.end;
}

function noName({ path, definitions }: SourceFile, names: readonly string[]): string {
  const known = [...new Set(definitions.map(({ name }) => name))];
  const listed = known.slice(0, MAX_LISTED).join(', ');
  const more = known.length > MAX_LISTED ? ', …' : '';
  const hint =
    known.length === 0 ? 'It defines nothing; give lines instead.' : `It defines ${listed}${more}.`;
  return `${path} defines no \`${names.join('.')}\`. ${hint}`;
}
