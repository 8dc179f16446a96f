/** How many bytes above ASCII are looked at: enough to tell one encoding from another, whatever the size of the file. */
const MAX_SAMPLE = 4096;

/** Natural logarithm of the probability that text in an encoding continues with what stands at `at`, and how many bytes that takes. */
interface Step {
  readonly bytes: number;
  readonly logProbability: number;
}
type Model = (bytes: Uint8Array, at: number) => Step;

/**
 * Guesses the encoding of text that is not UTF-8, by what its bytes above ASCII would mean in each: a model of an
 * encoding divides its characters into everyday ones and rare ones, and the most probable encoding wins. The models follow
 * the areas of the WHATWG Encoding Standard's indexes (https://encoding.spec.whatwg.org/#indexes).
 *
 * Returns a label for `TextDecoder`; `undefined` when the bytes look like no text in any of them.
 */
export function guessEncoding(bytes: Uint8Array): string | undefined {
  let best: { readonly label: string; readonly sum: number; readonly weighed: number } | undefined;
  let seen = 0;
  for (const [label, model] of MODELS) {
    const { sum, count } = evidence(bytes, model);
    seen = Math.max(seen, count);
    const weighed = sum + (FEW_WRITE[label] ?? 0);
    if (best === undefined || weighed > best.weighed) best = { label, sum, weighed };
  }
  // Bytes of no meaning are as probable in any encoding as by chance, or less.
  return best !== undefined && best.sum >= seen * BY_CHANCE[PAIRS.has(best.label) ? 'two' : 'one']
    ? best.label
    : undefined;
}

/** By byte. Letters of one byte are told from chance less surely than pairs: some way below chance is text as well. */
const BY_CHANCE = { one: Math.log(1 / 128 / 2.5), two: Math.log(1 / 128) };

function evidence(bytes: Uint8Array, model: Model): { readonly sum: number; readonly count: number } {
  let [sum, count] = [0, 0];
  for (let at = 0; at < bytes.length && count < MAX_SAMPLE;) {
    if ((bytes[at] ?? 0) < 0x80) at++;
    else {
      const step = model(bytes, at);
      sum += step.logProbability;
      count += step.bytes;
      at += step.bytes;
    }
  }
  return { sum, count };
}

/** Two bytes a character; `everyday` says of a pair how many everyday ones there are, 0 for a rare one. */
function doubleByte(
  isPair: (lead: number, trail: number) => boolean,
  everyday: (lead: number, trail: number) => number,
): Model {
  return (bytes, at) => {
    const [lead = 0, trail = 0] = bytes.subarray(at, at + 2);
    if (!isPair(lead, trail)) return { bytes: 1, logProbability: IMPOSSIBLE };
    const count = everyday(lead, trail);
    return { bytes: 2, logProbability: count > 0 ? Math.log(EVERYDAY / count) : RARE_PAIR };
  };
}

const EVERYDAY = 0.95;
const RARE_PAIR = Math.log((1 - EVERYDAY) / 8000);
const IMPOSSIBLE = Math.log(1e-8);

const between = (byte: number, from: number, to: number) => byte >= from && byte <= to;
const isEucTrail = (trail: number) => between(trail, 0xa1, 0xfe);

/** Level 1 of GB 2312 and its signs. */
const gb18030 = doubleByte(
  (lead, trail) => between(lead, 0x81, 0xfe) && between(trail, 0x40, 0xfe) && trail !== 0x7f,
  (lead, trail) =>
    isEucTrail(trail) && (between(lead, 0xb0, 0xd7) || lead === 0xa1 || lead === 0xa3) ? 3755 : 0,
);
/** Level 1 of Big5 and its signs. */
const big5 = doubleByte(
  (lead, trail) => between(lead, 0x81, 0xfe) && (between(trail, 0x40, 0x7e) || isEucTrail(trail)),
  (lead) => (between(lead, 0xa4, 0xc6) || lead === 0xa1 ? 5401 : 0),
);
/** Hangul, and signs. */
const eucKr = doubleByte(
  (lead, trail) => between(lead, 0x81, 0xfe) && between(trail, 0x41, 0xfe),
  (lead, trail) => (isEucTrail(trail) && (between(lead, 0xb0, 0xc8) || lead === 0xa1) ? 2350 : 0),
);
/** Kana are most of a Japanese text, kanji of level 1 most of the rest. */
const eucJp = doubleByte(
  (lead, trail) => (between(lead, 0xa1, 0xfe) || lead === 0x8e) && isEucTrail(trail),
  (lead) => (lead === 0xa4 || lead === 0xa5 ? 340 : between(lead, 0xb0, 0xcf) || lead === 0xa1 ? 6000 : 0),
);
const shiftJis: Model = (bytes, at) => {
  const lead = bytes[at] ?? 0;
  // Katakana of one byte, which few write.
  if (between(lead, 0xa1, 0xdf)) return { bytes: 1, logProbability: Math.log(0.01 / 63) };
  return shiftJisPairs(bytes, at);
};
const shiftJisPairs = doubleByte(
  (lead, trail) =>
    (between(lead, 0x81, 0x9f) || between(lead, 0xe0, 0xfc)) && between(trail, 0x40, 0xfc) && trail !== 0x7f,
  (lead, trail) =>
    (lead === 0x82 && trail >= 0x9f) || (lead === 0x83 && trail <= 0x96)
      ? 340
      : between(lead, 0x88, 0x97) || lead === 0x81
        ? 6000
        : 0,
);

/** One byte a letter in runs, as in Cyrillic and Greek: mostly small ones, and not right beside Latin letters. */
function runsOfLetters(small: readonly [number, number], capital: readonly [number, number]): Model {
  return (bytes, at) => {
    const byte = bytes[at] ?? 0;
    const [before, after] = [bytes[at - 1] ?? 0, bytes[at + 1] ?? 0];
    const isSmall = between(byte, ...small);
    const share = isSmall ? 0.85 / 32 : between(byte, ...capital) ? 0.1 / 32 : 0.05 / 64;
    const isOdd = isLatin(before) || isLatin(after) || (!isSmall && between(before, ...small));
    return { bytes: 1, logProbability: Math.log(share * (isOdd ? 0.05 : 1)) };
  };
}

/** One byte a letter, among others of ASCII: two in a row are rare. */
function lettersAmongLatin(label: string, everyday: string): Model {
  const meanings = new TextDecoder(label).decode(Uint8Array.from({ length: 128 }, (_, at) => 0x80 + at));
  const isEveryday = Array.from({ length: 128 }, (_, at) => everyday.includes(meanings.charAt(at)));
  const count = isEveryday.filter(Boolean).length;
  return (bytes, at) => {
    const share = isEveryday[(bytes[at] ?? 0) - 0x80] === true ? 0.9 / count : 0.1 / (128 - count);
    const isOdd = (bytes[at - 1] ?? 0) >= 0xc0;
    return { bytes: 1, logProbability: Math.log(share * (isOdd ? 0.3 : 1)) };
  };
}

function isLatin(byte: number): boolean {
  return between(byte | 0x20, 0x61, 0x7a);
}

const WESTERN = 'äöüßÄÖÜéèêëàâáãåæçñíìîïóòôõøúùûÉÅØÆ°©®«»–—‘’“”…€£§µ·';
const CENTRAL = 'ąćęłńóśźżŁŚŻáčďéěíňřšťúůýžČŠŽőűöüßăâîşţ„”–—';

/** Two letters that are everyday ones in both say nothing: then it is the encoding that more people use. */
const FEW_WRITE: Readonly<Partial<Record<string, number>>> = { 'windows-1250': Math.log(0.2) };

/** The first of two that are equally probable wins. */
const MODELS: readonly (readonly [label: string, model: Model])[] = [
  ['windows-1252', lettersAmongLatin('windows-1252', WESTERN)],
  ['windows-1250', lettersAmongLatin('windows-1250', CENTRAL)],
  ['windows-1251', runsOfLetters([0xe0, 0xff], [0xc0, 0xdf])],
  ['koi8-r', runsOfLetters([0xc0, 0xdf], [0xe0, 0xff])],
  ['gb18030', gb18030],
  ['euc-kr', eucKr],
  ['euc-jp', eucJp],
  ['shift_jis', shiftJis],
  ['big5', big5],
];

const PAIRS: ReadonlySet<string> = new Set(['gb18030', 'euc-kr', 'euc-jp', 'shift_jis', 'big5']);
