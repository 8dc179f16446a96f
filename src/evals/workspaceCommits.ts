import type { Commit } from '../core/ports/history.ts';
import { languageOf } from './languages.ts';
import type { SourceFile } from './sourceFile.ts';
import { isTestPath } from '../core/shared/testPath.ts';

/** Commits by the code that they changed. */
export class WorkspaceCommits {
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
