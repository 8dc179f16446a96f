import type { Logger } from '../../core/ports/runtime.ts';
import type { Translator } from '../chat/chatNotes.ts';

/** Of a pattern that is shown, in UTF-16 units. */
const MOST_SHOWN = 80;

/** The beginning of a pattern, which may be thousands of units long. */
export function shortened(glob: string): string {
  return glob.length > MOST_SHOWN ? `${glob.slice(0, MOST_SHOWN)}…` : glob;
}

interface ExcludesNoticeOptions {
  readonly warn: (message: string) => unknown;
  readonly log: Pick<Logger, 'warn'>;
  readonly l10n: Translator;
}

/**
 * Says that excludes of the editor do not hold as they are written, so that files which it hides may be indexed: once for
 * the same patterns. To be called with those of all folders whenever the settings were read.
 */
export function createExcludesNotice({
  warn,
  log,
  l10n,
}: ExcludesNoticeOptions): (cut: readonly string[]) => void {
  let told: ReadonlySet<string> = new Set();
  return (cut) => {
    const fresh = [...new Set(cut)].filter((glob) => !told.has(glob));
    told = new Set(cut);
    const [first] = fresh;
    if (first === undefined) return;
    for (const glob of fresh) log.warn(`An exclude does not hold as it is written: ${shortened(glob)}`);
    warn(
      l10n.t(
        'Touchstone: of “files.exclude” and “search.exclude”, {0} do not hold as written, since they are too long or stand for too many patterns: what they leave out may be indexed. The first is {1}. “Touchstone: Show Index Status” lists them.',
        fresh.length.toLocaleString('en'),
        shortened(first),
      ),
    );
  };
}
