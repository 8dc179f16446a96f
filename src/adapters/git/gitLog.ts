import type { Commit } from '../../core/ports/history.ts';

/** Signs that no name and no path has: before a commit, and after each field of its head. */
const COMMIT = '\x01';
const FIELD = '\x02';

/** Arguments of git for a log that `CommitReader` reads. See https://git-scm.com/docs/git-log. */
export const LOG_ARGUMENTS: readonly string[] = [
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
  '--format=%x01%H%x02%P%x02%an%x02%s%x02',
  ...['--', '.'],
];

/** Reads the output of `git log` as it comes. */
export class CommitReader {
  #rest = '';

  /** The commits that `chunk` completes. */
  *read(chunk: string): Generator<Commit> {
    this.#rest += chunk;
    const records = this.#rest.split(COMMIT);
    this.#rest = records.pop() ?? '';
    for (const record of records) yield* parse(record);
  }

  /** The last commit, once there is no more to come. */
  *end(): Generator<Commit> {
    yield* parse(this.#rest);
    this.#rest = '';
  }
}

function* parse(record: string): Generator<Commit> {
  const [id = '', parents = '', author = '', subject, names] = record.split(FIELD);
  // What has no parent changed everything there was, or everything of a history that is cut off there.
  if (subject === undefined || names === undefined || parents === '') return;
  const paths = names
    .split('\0')
    .map((name) => name.replace(/^\n/, ''))
    .filter((name) => name !== '');
  if (paths.length > 0) yield { id, author, subject, paths: paths.sort() };
}
