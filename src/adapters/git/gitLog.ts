import type { Commit } from '../../core/ports/history.ts';

/**
 * Arguments of git for a log that `CommitReader` reads. See https://git-scm.com/docs/git-log. Each commit begins with `mark`,
 * which the authors of commits must not be able to guess: every other sign they could write into a subject or a name.
 */
export const logArguments = (mark: string): readonly string[] => [
  'log',
  '-z',
  '--no-merges',
  '--no-renames',
  '--diff-filter=AM',
  '--name-only',
  '--relative',
  '--no-color',
  ...['--no-ext-diff', '--no-textconv', '--no-show-signature', '--no-mailmap', '--no-notes', '--no-decorate'],
  '--encoding=UTF-8',
  `--format=${mark}%H%x00%P%x00%an%x00%s%x00`,
  ...['--', '.'],
];

/** Reads the output of `git log` as it comes. */
export class CommitReader {
  readonly #mark: string;
  #rest = '';

  constructor(mark: string) {
    this.#mark = mark;
  }

  /** The commits that `chunk` completes. */
  *read(chunk: string): Generator<Commit> {
    this.#rest += chunk;
    const records = this.#rest.split(this.#mark);
    this.#rest = records.pop() ?? '';
    for (const record of records) yield* parse(record);
  }

  /** The last commit, once there is no more to come. */
  *end(): Generator<Commit> {
    yield* parse(this.#rest);
    this.#rest = '';
  }
}

/** Git cuts names of people and subjects at a zero, so the fields of the head are the first four. */
function* parse(record: string): Generator<Commit> {
  const [id = '', parents = '', author = '', subject = '', ...names] = record.split('\0');
  // What has no parent changed everything there was, or everything of a history that is cut off there.
  if (parents === '') return;
  const paths = names.map((name) => name.replace(/^\n/, '')).filter((name) => name !== '');
  if (paths.length > 0) yield { id, author, subject, paths: paths.sort() };
}
