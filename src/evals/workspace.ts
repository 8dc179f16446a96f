import type { Commit } from '../core/ports/history.ts';
import type { DefinedRange } from '../core/retrieval/sourceText.ts';
import { isTestPath } from '../core/shared/testPath.ts';
import type { EvalCase, Place } from './evalCase.ts';
import { languageOf } from './languages.ts';
import { stableHash } from './sampling.ts';
import type { SourceFile } from './sourceFile.ts';

/** A definition and the file it is in. */
export interface DefinedPlace {
  readonly file: SourceFile;
  readonly range: DefinedRange;
}

/** Of the users of a name so many are remembered. */
const FEW_USERS = 8;
const NAMES = /[\p{L}_$][\p{L}\p{N}_$]{2,}/gu;

/** The files that use a name; in a large workspace not all of them are remembered. */
interface Users {
  count: number;
  readonly some: SourceFile[];
}

/** What the files of a workspace define and which of these names they use. Tests define nothing here. */
export class Workspace {
  readonly files: readonly SourceFile[];
  /** Names that the workspace's own packages are imported by. */
  readonly packageNames: readonly string[];
  /** What version control knows of the files; nothing when there is none. */
  readonly commits: WorkspaceCommits;
  readonly #folderNames: ReadonlySet<string>;
  readonly #rootModules: ReadonlySet<string>;
  readonly #definitions: ReadonlyMap<string, readonly DefinedPlace[]>;
  readonly #users: ReadonlyMap<string, Users>;
  readonly #words: WordFilter;
  /** All names, each on a line of its own. */
  #squeezedNames: string | undefined;
  readonly #nameCounts = new Map<string, number>();

  constructor(
    files: readonly SourceFile[],
    {
      definitions,
      users,
      words,
      commits,
    }: {
      readonly definitions: ReadonlyMap<string, readonly DefinedPlace[]>;
      readonly users: ReadonlyMap<string, Users>;
      readonly words: WordFilter;
      readonly commits: readonly Commit[];
    },
  ) {
    this.files = files;
    this.packageNames = files.flatMap(packageName);
    this.#folderNames = new Set(files.flatMap(({ path }) => path.split('/').slice(0, -1)));
    this.#rootModules = new Set(
      files.flatMap(({ path }) => /^([^/]+)(?:\.pyi?$|\/.*\.pyi?$)/.exec(path)?.[1] ?? []),
    );
    this.#definitions = definitions;
    this.#users = users;
    this.#words = words;
    this.commits = new WorkspaceCommits(files, commits);
  }

  /** Where code outside of tests defines `name`. */
  definitions(name: string): readonly DefinedPlace[] {
    return this.#definitions.get(name) ?? [];
  }

  /** Whether the folder itself is a Python package, so that its modules are imported by a name that no path shows. */
  get isPythonPackage(): boolean {
    return this.#rootModules.has('__init__');
  }

  /** Whether the folder holds a Python module or package of this name, not counting those further down. */
  hasPythonModule(name: string): boolean {
    return this.#rootModules.has(name);
  }

  /** Whether any folder is called so. */
  hasFolder(name: string): boolean {
    return this.#folderNames.has(name);
  }

  /** Number of source files, tests included, that contain `name`; 0 for names that nothing defines. */
  userCount(name: string): number {
    return this.#users.get(name)?.count ?? 0;
  }

  /** The source files, tests included, that contain `name`; `undefined` when they are more than a few. */
  fewUsers(name: string): readonly SourceFile[] | undefined {
    const users = this.#users.get(name);
    if (!users) return [];
    return users.count > users.some.length ? undefined : users.some;
  }

  /** Number of defined names that are or contain `part`, 2 for more; letter case and underscores do not count. */
  namesWith(part: string): number {
    const wanted = squeezed(part);
    const known = this.#nameCounts.get(wanted);
    if (known !== undefined) return known;
    this.#squeezedNames ??= `\n${[...new Set([...this.#definitions.keys()].map(squeezed))].join('\n')}\n`;
    const first = this.#squeezedNames.indexOf(wanted);
    const isMore =
      first >= 0 && this.#squeezedNames.includes(wanted, this.#squeezedNames.indexOf('\n', first));
    const count = Number(first >= 0) + Number(isMore);
    this.#nameCounts.set(wanted, count);
    return count;
  }

  /** True only when no file has this name, in whatever case and with or without underscores. */
  lacks(name: string): boolean {
    return !this.#words.mayHave(name);
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
  commits: readonly Commit[] = [],
): Promise<Workspace> {
  const definitions = new Map<string, DefinedPlace[]>();
  const users = new Map<string, Users>();
  const words = new WordFilter();
  for (const file of files) {
    if (!file.isTest) for (const range of file.definitions) define(definitions, { file, range });
    await pace();
  }
  for (const file of files) {
    for (const name of new Set(file.text.match(NAMES))) {
      words.add(name);
      if (file.language && definitions.has(name)) use(users, name, file);
    }
    await pace();
  }
  return new Workspace(files, { definitions, users, words, commits });
}

function use(users: Map<string, Users>, name: string, file: SourceFile): void {
  const known = users.get(name) ?? { count: 0, some: [] };
  if (known.count++ === 0) users.set(name, known);
  if (known.some.length < FEW_USERS) known.some.push(file);
}

function define(definitions: Map<string, DefinedPlace[]>, place: DefinedPlace): void {
  const places = definitions.get(place.range.name);
  if (places) places.push(place);
  else definitions.set(place.range.name, [place]);
}

function squeezed(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
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

const BITS = 25;

/**
 * Remembers words in 4 MB, however many. It may take a word for known that is not, and never the other way round, so
 * what it does not know is certainly new. Letter case and underscores do not count.
 */
class WordFilter {
  readonly #bits = new Uint32Array(1 << (BITS - 5));

  add(word: string): void {
    const at = positionOf(word);
    this.#bits[at >>> 5] = (this.#bits[at >>> 5] ?? 0) | (1 << (at & 31));
  }

  mayHave(word: string): boolean {
    const at = positionOf(word);
    return ((this.#bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
  }
}

function positionOf(word: string): number {
  return stableHash(0, word.toLowerCase().replaceAll('_', '')) >>> (32 - BITS);
}

/** Commits by the code that they changed. */
class WorkspaceCommits {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #byFirst: ReadonlyMap<string, readonly Commit[]>;

  constructor(files: readonly SourceFile[], commits: readonly Commit[]) {
    this.#files = new Map(files.filter(({ path }) => isCode(path)).map((file) => [file.path, file]));
    this.#byFirst = Map.groupBy(commits, (commit) => this.filesOf(commit)[0]?.path ?? '');
  }

  /** The commits of which `file` is the first; so every commit that changed code belongs to one file. */
  of({ path }: SourceFile): readonly Commit[] {
    return this.#byFirst.get(path) ?? [];
  }

  /** The code that a commit changed, tests aside, and that is still there; by path. */
  filesOf({ paths }: Commit): readonly SourceFile[] {
    return paths.flatMap((path) => this.#files.get(path) ?? []);
  }

  /** Number of files of code that a commit changed and that are no longer there. */
  goneOf({ paths }: Commit): number {
    return paths.filter((path) => isCode(path) && !this.#files.has(path)).length;
  }
}

/** Changed along with anything: what builds the project, and lists of what it exports. */
const ALONGSIDE =
  /(?:^|\/)(?:gulpfile|gruntfile|rakefile|setup|version|__init__|index|mod|doc|package-info)\.\w+$|\.config\.\w+$|\.d\.[cm]?ts$|(?:^|\/)(?:esbuild|webpack|rollup|jest|karma)\.\w+$/i;

function isCode(path: string): boolean {
  return languageOf(path) !== undefined && !isTestPath(path) && !ALONGSIDE.test(path);
}

/**
 * Builds cases from a workspace's own files. It gives every case it can; sampling is done elsewhere. Asked file by
 * file, so that a caller can pause in between.
 */
export interface CaseSource<C extends EvalCase> {
  readonly id: string;
  /** For people: what is asked and what counts as the answer. */
  readonly label: string;
  /** The cases that the file gives rise to. */
  casesIn(file: SourceFile, workspace: Workspace): readonly C[];
}
