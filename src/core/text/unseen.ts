/**
 * Characters that a reader does not see, or that change the order of what is seen: controls, marks of direction,
 * everything that Unicode says to draw as nothing (zero-width characters, fillers, variation selectors, tags), and halves
 * of pairs. With them code can be other than it looks (https://trojansource.codes), and text can be hidden from people
 * and told to models. The one list of them, by Unicode's properties.
 */
const UNSEEN = String.raw`[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\u2800]`;

/** Scripts whose letters join, and whose words are written with marks that say where they do not. */
const JOINING = [
  ...['Arab', 'Syrc', 'Nkoo', 'Mand', 'Mong', 'Phag', 'Rohg', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml'],
  ...['Telu', 'Knda', 'Mlym', 'Sinh', 'Mymr', 'Khmr', 'Tibt', 'Bali', 'Java', 'Newa'],
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('');
/** With the marks that several of them share. */
const JOINING_LETTER = String.raw`[[\p{L}\p{M}]&&[${JOINING}\p{Script=Inherited}]]`;

/** Those of the above that do their work where they stand, once each: nothing more can be told with them. */
const AT_WORK = [
  // The flags of England, Scotland and Wales.
  String.raw`(?<=\u{1F3F4})\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}`,
  // How an emoji is drawn, and what joins several to one.
  String.raw`(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]`,
  String.raw`(?<=[0-9#*])\uFE0F(?=\u20E3)`,
  String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D(?=\p{Extended_Pictographic})`,
  // Between letters that join; in Indic scripts also after the mark that ends a consonant.
  String.raw`(?<=${JOINING_LETTER})[\u200C\u200D](?=${JOINING_LETTER})`,
  String.raw`(?<=[\p{M}&&[${JOINING}]])\u200D(?![\u200C\u200D])`,
  // Forms of letters of Mongolian and of ideographs.
  String.raw`(?<=\p{Script=Mongolian})[\u180B-\u180D\u180F]`,
  String.raw`(?<=\p{Ideographic})[\uFE00-\uFE02\u{E0100}-\u{E01EF}]`,
  // The empty cell among others of Braille, as programs draw with it.
  String.raw`(?<=[\u2801-\u28FF])\u2800|\u2800(?=[\u2801-\u28FF])`,
].join('|');

const IN_LINE = new RegExp(`(${AT_WORK})|${UNSEEN}`, 'gv');
/** Tabs and the ends of lines are seen, in a way. */
const IN_TEXT = new RegExp(String.raw`(${AT_WORK}|[\t\n]|\r(?=\n))|${UNSEEN}`, 'gv');
/** Nearly every text has nothing else, which is found quickly. */
const PLAIN = /^[\t\n\x20-\x7E\xA1-\xAC\xAE-\xFF]*$/;

type Replacement = (character: string) => string;

/** `text`, of any number of lines, with something in the place of each character that is not seen. */
export function replaceUnseen(text: string, replacement: Replacement): string {
  return PLAIN.test(text) ? text : replace(text, IN_TEXT, replacement);
}

/** The same for what is one line whatever is in it, such as a name: there, tabs and line breaks are not seen either. */
export function replaceUnseenInLine(text: string, replacement: Replacement): string {
  return replace(text, IN_LINE, replacement);
}

/** A stretch of a text: what is seen of it, or characters in a row that are not. */
export interface Stretch {
  readonly text: string;
  readonly isUnseen: boolean;
}

/** The text in stretches, in order; with `isLine`, as what is one line whatever is in it. */
export function splitUnseen(text: string, isLine = false): readonly Stretch[] {
  if (!isLine && PLAIN.test(text)) return [{ text, isUnseen: false }];
  const stretches: { text: string; readonly isUnseen: boolean }[] = [];
  const add = (piece: string, isUnseen: boolean): void => {
    const last = stretches.at(-1);
    if (last?.isUnseen === isUnseen) last.text += piece;
    else if (piece !== '') stretches.push({ text: piece, isUnseen });
  };
  let end = 0;
  for (const { 0: character, 1: kept, index } of text.matchAll(isLine ? IN_LINE : IN_TEXT)) {
    if (kept !== undefined) continue;
    add(text.slice(end, index), false);
    add(character, true);
    end = index + character.length;
  }
  add(text.slice(end), false);
  return stretches;
}

/** What a person is told of characters in a row that are not seen: `U+202E, changes the direction of text`. */
export function describeUnseen(characters: string): string {
  const all = Array.from(characters);
  const [first = ''] = all;
  const more = all.length - 1;
  const [code, kind] = [codeOf(first), kindOf(first)];
  return more === 0 ? `${code}, ${kind}` : `${all.length} hidden characters, first ${code}, ${kind}`;
}

/** Text as a model or another program may get it. */
export function withoutUnseen(text: string): string {
  return replaceUnseen(text, () => '');
}

export function hasUnseen(text: string): boolean {
  return withoutUnseen(text) !== text;
}

/** `text` with a sign that can be read and means nothing else, `⟨U+202E⟩`, for each character that is not seen. */
export function withSigns(text: string): string {
  return replaceUnseen(text, signOf);
}

/** The same for what is one line whatever is in it. */
export function lineWithSigns(text: string): string {
  return replaceUnseenInLine(text, signOf);
}

function signOf(character: string): string {
  return `⟨${codeOf(character)}⟩`;
}

/** `U+202E`. */
export function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What kind of character it is, in a few words for people who need not know Unicode. */
export function kindOf(character: string): string {
  return KINDS.find(([kind]) => kind.test(character))?.[1] ?? 'invisible character';
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\p{Bidi_Control}/u, 'changes the direction of text'],
  [/[\u{E0000}-\u{E007F}]/u, 'hidden tag character'],
  [/\p{Variation_Selector}/u, 'variation selector'],
  [/[\u200B-\u200D\u2060\uFEFF]/u, 'zero-width character'],
  [/[\u00AD]/u, 'soft hyphen'],
  [/[\p{Cc}\p{Zl}\p{Zp}]/u, 'control character'],
  [/[\uD800-\uDFFF]/u, 'half of a character'],
  [/[\uFFF9-\uFFFB]/u, 'hidden annotation'],
];

/** Characters of one kind that are not seen, in a text of several lines. */
export interface Unseen {
  /** `U+202E`. */
  readonly code: string;
  readonly kind: string;
  readonly count: number;
  /** Counted from 1, in order, each once. */
  readonly lines: readonly number[];
}

/** What is not seen in a text: by character, in order of appearance. */
export function listUnseen(text: string): readonly Unseen[] {
  const found = new Map<string, { count: number; readonly lines: Set<number> }>();
  for (const [at, line] of text.split('\n').entries()) {
    replaceUnseen(`${line}\n`, (character) => {
      const entry = found.get(character) ?? { count: 0, lines: new Set() };
      entry.count++;
      entry.lines.add(at + 1);
      found.set(character, entry);
      return '';
    });
  }
  return [...found].map(([character, { count, lines }]) => ({
    ...{ code: codeOf(character), kind: kindOf(character), count },
    lines: [...lines],
  }));
}

function replace(text: string, pattern: RegExp, replacement: Replacement): string {
  return text.replace(pattern, (character, kept: string | undefined) => kept ?? replacement(character));
}
