import { qualifiedName } from '../askedNames.ts';
import { describedKind } from '../describedKind.ts';
import { isDescription, isQuestion } from '../queryKind.ts';
import { withoutFrame } from '../questionFrame.ts';
import { tellingWords, WORDS } from '../queryTerms.ts';
import { inOnePiece, wordsOf } from './pathWords.ts';

/**
 * What is asked for: something by its `name`, the `use` of a name that nothing here defines, or a name half remembered
 * (`words`); a `definition` that is described as doc comments do; a `topic` that is named; or an answer to a `question`,
 * which a use or a detail may be.
 */
export type AskedFor = 'name' | 'use' | 'words' | 'definition' | 'topic' | 'question';

/** A question as the ranking reads it. */
export interface Question {
  readonly askedFor: AskedFor;
  /** Its telling words, in parts and stemmed, each once. */
  readonly words: readonly string[];
  /** One to three words that follow one another, in one piece: what a file may be called. */
  readonly runs: ReadonlySet<string>;
  /** Kinds of files that are asked for rather than passed over. */
  readonly wantsTests: boolean;
  readonly wantsProse: boolean;
  readonly wantsData: boolean;
  readonly wantsAside: boolean;
}

/** More say nothing new, and looking through names takes time in their number. */
const MAX_WORDS = 40;
const LONGEST_RUN = 3;

const ABOUT_TESTS = /\b(?:tests?|testing|specs?|fixtures?|mocks?)\b/i;
const ABOUT_PROSE =
  /\b(?:docs?|documentation|readme|changelog|license|guide|tutorial|markdown|diagram|drawio|csv|table of|css|stylesheet|html|svg)\b/i;
const ABOUT_DATA =
  /\b(?:config(?:uration)?s?|settings?|json|ya?ml|toml|xml|lock ?files?|dependenc(?:y|ies)|manifest|workflow|pipeline|fixtures?|data ?files?|csv)\b/i;
const ABOUT_ASIDE =
  /\b(?:examples?|samples?|demos?|bench(?:marks?)?|vendor(?:ed)?|legacy|deprecated|compat\w*)\b/i;

/** What is known of names; capitals do not matter. */
export interface KnownNames {
  definesName(name: string): boolean;
  hasName(name: string): boolean;
}

export function readQuestion(query: string, known: KnownNames): Question {
  const text = query.slice(0, 2000);
  const bare = withoutFrame(text);
  const all = (bare.match(WORDS) ?? []).slice(0, MAX_WORDS);
  const used = tellingWords(all);
  const runs = new Set<string>();
  for (const [at] of used.entries()) {
    for (let length = 1; length <= LONGEST_RUN; length++)
      runs.add(inOnePiece(used.slice(at, at + length).join('')));
  }
  return {
    askedFor:
      nameAsked(used.length === 1 ? used[0] : qualifiedName(bare), known) ?? askedFor(bare, isQuestion(text)),
    words: [...new Set(used.flatMap(wordsOf))],
    runs,
    wantsTests: ABOUT_TESTS.test(text),
    wantsProse: ABOUT_PROSE.test(text),
    wantsData: ABOUT_DATA.test(text),
    wantsAside: ABOUT_ASIDE.test(text),
  };
}

function nameAsked(name: string | undefined, known: KnownNames): AskedFor | undefined {
  if (name === undefined) return undefined;
  if (known.definesName(name)) return 'name';
  return known.hasName(name) ? 'use' : undefined;
}

function askedFor(bare: string, asks: boolean): AskedFor {
  if (asks) return 'question';
  if (!isDescription(bare)) return 'words';
  return describedKind(bare.trim()) ? 'definition' : 'topic';
}
