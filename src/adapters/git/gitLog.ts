import type { Commit } from '../../core/ports/history.ts';

/** Of a subject or an author. Nobody reads on, and some subjects are whole files. */
const MAX_TEXT = 1_000;
/** A commit with more than this to say about its files, in UTF-16 units, changed everything and tells nothing. */
const MAX_RECORD = 1_000_000;

const FIELD = '\0';

/**
 * Arguments of git for a log that a `CommitReader` with the same mark reads. See https://git-scm.com/docs/git-log. The mark
 * stands before each commit: it must be one that whoever wrote the commits could not know.
 */
export function logArguments(mark: string): readonly string[] {
  return [
    'log',
    '-z',
    '--no-merges',
    '--no-renames',
    '--diff-filter=AM',
    '--name-only',
    '--relative',
    '--no-color',
    ...[
      '--no-ext-diff',
      '--no-textconv',
      '--no-show-signature',
      '--no-mailmap',
      '--no-notes',
      '--no-decorate',
    ],
    '--ignore-submodules=all',
    '--encoding=UTF-8',
    `--format=${mark}%x00%H%x00%P%x00%an%x00%s%x00`,
    ...['--', '.'],
  ];
}

/** Reads the output of such a log as it comes. */
export class CommitReader {
  readonly #mark: string;
  #rest = '';
  /** What has come is too much for a commit; the rest of it is passed over. */
  #isTooMuch = false;

  constructor(mark: string) {
    this.#mark = mark + FIELD;
  }

  /** The commits that `chunk` completes. */
  *read(chunk: string): Generator<Commit> {
    // A mark may lie across two chunks; what was searched before is not searched again.
    const from = Math.max(0, this.#rest.length - this.#mark.length);
    const text = this.#rest + chunk;
    let start = 0;
    for (let at = text.indexOf(this.#mark, from); at >= 0; at = text.indexOf(this.#mark, start)) {
      yield* this.#finish(text.slice(start, at));
      start = at + this.#mark.length;
    }
    this.#isTooMuch ||= text.length - start > MAX_RECORD;
    this.#rest = text.slice(this.#isTooMuch ? Math.max(start, text.length - this.#mark.length) : start);
  }

  /** The last commit, once there is no more to come. */
  *end(): Generator<Commit> {
    yield* this.#finish(this.#rest);
    this.#rest = '';
  }

  *#finish(record: string): Generator<Commit> {
    if (!this.#isTooMuch) yield* parse(record);
    this.#isTooMuch = false;
  }
}

function* parse(record: string): Generator<Commit> {
  const [id = '', parents = '', author = '', subject, ...names] = record.split(FIELD);
  // What has no parent changed everything there was, or everything of a history that is cut off there.
  if (subject === undefined || parents === '' || !/^[\da-f]{40,64}$/.test(id)) return;
  const paths = names.map((name) => name.replace(/^\n/, '')).filter((name) => name !== '');
  if (paths.length > 0) yield { id, author: plain(author), subject: plain(subject), paths: paths.sort() };
}

/** One line of text without characters that steer terminals or part records. */
function plain(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ')
    .trim();
}
