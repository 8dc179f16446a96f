import type { DefinedRange } from '../retrieval/sourceText.ts';
import type { Place } from './evalCase.ts';
import type { SourceFile } from './sourceFile.ts';

/** A definition and the file it is in. */
export interface DefinedPlace {
  readonly file: SourceFile;
  readonly range: DefinedRange;
}

const NAMES = /[\p{L}_$][\p{L}\p{N}_$]{2,}/gu;

/** What the files of a workspace define and which of these names they use. Tests define nothing here. */
export class Workspace {
  readonly files: readonly SourceFile[];
  /** Names that the workspace's own packages are imported by. */
  readonly packageNames: readonly string[];
  readonly #folderNames: ReadonlySet<string>;
  readonly #definitions: ReadonlyMap<string, readonly DefinedPlace[]>;
  readonly #userCounts: ReadonlyMap<string, number>;

  constructor(
    files: readonly SourceFile[],
    definitions: ReadonlyMap<string, readonly DefinedPlace[]>,
    userCounts: ReadonlyMap<string, number>,
  ) {
    this.files = files;
    this.packageNames = files.flatMap(packageName);
    this.#folderNames = new Set(files.flatMap(({ path }) => path.split('/').slice(0, -1)));
    this.#definitions = definitions;
    this.#userCounts = userCounts;
  }

  /** Where code outside of tests defines `name`. */
  definitions(name: string): readonly DefinedPlace[] {
    return this.#definitions.get(name) ?? [];
  }

  /** Whether any folder is called so. */
  hasFolder(name: string): boolean {
    return this.#folderNames.has(name);
  }

  /** Number of source files, tests included, that contain `name`; 0 for names that nothing defines. */
  userCount(name: string): number {
    return this.#userCounts.get(name) ?? 0;
  }
}

function packageName({ path, text }: SourceFile): readonly string[] {
  if (!/(?:^|\/)package\.json$/.test(path)) return [];
  const [, name] = /"name"\s*:\s*"([^"]+)"/.exec(text) ?? [];
  return name === undefined ? [] : [name];
}

/** Reads every file twice; `pace` is called in between. */
export async function surveyWorkspace(
  files: readonly SourceFile[],
  pace: () => Promise<void>,
): Promise<Workspace> {
  const definitions = new Map<string, DefinedPlace[]>();
  const userCounts = new Map<string, number>();
  for (const file of files) {
    if (!file.isTest) for (const range of file.definitions) define(definitions, { file, range });
    await pace();
  }
  for (const { language, text } of files) {
    for (const name of new Set(language && text.match(NAMES))) {
      if (definitions.has(name)) userCounts.set(name, (userCounts.get(name) ?? 0) + 1);
    }
    await pace();
  }
  return new Workspace(files, definitions, userCounts);
}

function define(definitions: Map<string, DefinedPlace[]>, place: DefinedPlace): void {
  const places = definitions.get(place.range.name);
  if (places) places.push(place);
  else definitions.set(place.range.name, [place]);
}

/** The lines of a definition from its head on, without the comment above. */
export function placeOf({ file, range }: DefinedPlace): Place {
  return { path: file.path, startLine: range.line + 1, endLine: range.end + 1 };
}

/** True when all are one definition in several forms: a declaration file beside its code, overloads. */
export function areOneDefinition(places: readonly DefinedPlace[]): boolean {
  const [first, ...others] = places;
  return (
    first !== undefined &&
    others.every(({ file, range }) => file.stem === first.file.stem && range.name === first.range.name)
  );
}
