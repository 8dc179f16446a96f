import { QUESTION_STOP_WORDS } from '../text/stopWords.ts';

/** What kind of answer a question wants. */
export type QuestionKind = 'definition' | 'usage' | 'purpose' | 'how' | 'other';

export interface Question {
  readonly text: string;
  readonly kind: QuestionKind;
  /** The name in code that the question is about, when it has one. */
  readonly subject: string | undefined;
  /** The subject is written like a name in code, so that nothing else will do. */
  readonly isExactName: boolean;
  /** The path or file name that the question mentions. */
  readonly file: string | undefined;
}

// The first kind whose pattern matches decides.
const KINDS: readonly (readonly [QuestionKind, RegExp])[] = [
  [
    'usage',
    /\b(?:who|what|where|which|find|list|show)\b.*\b(?:uses?|used|using|calls?|called|callers?|usages?|references?|imports?|imported)\b/i,
  ],
  [
    'definition',
    /\b(?:where\b.*\b(?:is|are|do|does|defined?|declared?|implemented|lives?)|definition of|defined|declared)\b/i,
  ],
  ['purpose', /\bwhat\b.*\b(?:do|does|is|are|mean|means|for)\b|\bexplain\b|\bpurpose\b/i],
  ['how', /\bhow\b/i],
];

const QUOTED = /[`'"“]([\p{L}_$][\p{L}\p{N}_$.:#]*)(?:\(\))?[`'"”]/u;
/** Names no prose word looks like: with an inner capital, an underscore, a digit, or called with parentheses. */
const CODE_NAME =
  /[\p{L}_$][\p{L}\p{N}_$]*(?:\p{Ll}\p{Lu}|_|\$|\p{L}\d)[\p{L}\p{N}_$]*|[\p{L}_$][\p{L}\p{N}_$]*(?=\(\))/u;
const FILE = /[\p{L}\p{N}_$@.-]*(?:\/[\p{L}\p{N}_$@.[\]()-]+)*\.[\p{L}][\p{L}\p{N}]{0,9}(?![\p{L}\p{N}])/u;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** Words that say what is asked for, not about what. */
const KIND_WORDS = new Set(
  (
    'is are the a an of in to for and or by on with code get list all use uses used using usage usages call calls called ' +
    'caller callers reference references import imports imported define defined defines declare declared declares ' +
    'definition implemented implement implementation live lives function class method type variable constant ' +
    'interface module file'
  ).split(' '),
);

/** The wording that tells comes first; what follows is pasted code or an error message. */
const MAX_WORDING = 500;

/** Tells a question's kind and subject from its wording alone. */
export function readQuestion(text: string): Question {
  const wording = text.slice(0, MAX_WORDING);
  const kind = KINDS.find(([, pattern]) => pattern.test(wording))?.[0] ?? 'other';
  const name = QUOTED.exec(wording)?.[1] ?? CODE_NAME.exec(wording)?.[0];
  const file = FILE.exec(wording)?.[0];
  return { text, kind, subject: name ?? onlyWord(wording), isExactName: name !== undefined, file };
}

/** The one word of a question that is about nothing else. */
function onlyWord(text: string): string | undefined {
  const telling = (text.match(WORD) ?? []).filter((word) => {
    const lower = word.toLowerCase();
    return !QUESTION_STOP_WORDS.has(lower) && !KIND_WORDS.has(lower);
  });
  return telling.length === 1 ? telling[0] : undefined;
}
