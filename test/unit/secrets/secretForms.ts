import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom, type Random } from '../../support/seededRandom.ts';

/** A text of some kind of file, and where the secrets in it are. */
export interface SecretForm {
  readonly kind: string;
  readonly text: string;
  readonly secrets: readonly { readonly start: number; readonly end: number }[];
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const WORDS = 'marsh otter lilac sundrift marble harbor tulip copper ferry walrus lantern velvet'.split(' ');

const randomText = (random: Random, length: number, alphabet: string = ALPHANUMERIC) =>
  Array.from({ length }, () => alphabet.charAt(random.below(alphabet.length))).join('');
const capitalized = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

/** Passwords that need no quotation anywhere: as people choose them, and as programs do. */
const PLAIN_PASSWORDS: readonly ((random: Random) => string)[] = [
  (random) => capitalized(random.pick(WORDS)) + String(1 + random.below(99)),
  (random) => `${random.pick(WORDS)}-${random.pick(WORDS)}-${String(10 + random.below(89))}`,
  (random) => random.pick(WORDS) + random.pick(WORDS),
  (random) => randomText(random, 16),
  (random) => `${capitalized(random.pick(WORDS))}_${capitalized(random.pick(WORDS))}`,
];
const PASSWORDS: readonly ((random: Random) => string)[] = [
  ...PLAIN_PASSWORDS,
  (random) => `${randomText(random, 4)}!${randomText(random, 3)}#${randomText(random, 2)}`,
  (random) => randomText(random, 10, '0123456789'),
];
const KEYS: readonly ((random: Random) => string)[] = [
  (random) => randomText(random, 32, '0123456789abcdef'),
  (random) => randomText(random, 40),
  (random) => randomText(random, 24),
];

/**
 * The forms of a file, a third held out from whoever makes the detector. In the file `## kind` begins the forms of a kind of
 * file, `--` another form; `{p}` stands for a password, `{u}` for one without special signs, `{k}` for a key, `{b}` for
 * base64, `{h1}` and `{h2}` for parts of one. Values are made by chance, the same ones each time.
 */
export function readSecretForms(file: string, seed: number): readonly SecretForm[] {
  const random = seededRandom(seed);
  const text = readFileSync(join(import.meta.dirname, 'forms', file), 'utf8');
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const [kind = '', ...lines] = section.split('\n');
      return lines
        .join('\n')
        .split(/^--\n/m)
        .map((form) => fill(kind, form.replace(/\n$/, ''), random));
    });
}

function fill(kind: string, form: string, random: Random): SecretForm {
  const secrets: { start: number; end: number }[] = [];
  let text = '';
  for (const part of form.split(/(\{(?:p|u|k|b|h1|h2)\})/)) {
    const value = valueFor(part, random);
    if (value !== undefined) secrets.push({ start: text.length, end: text.length + value.length });
    text += value ?? part;
  }
  return { kind, text, secrets };
}

function valueFor(part: string, random: Random): string | undefined {
  switch (part) {
    case '{p}':
      return random.pick(PASSWORDS)(random);
    case '{u}':
      return random.pick(PLAIN_PASSWORDS)(random);
    case '{k}':
      return random.pick(KEYS)(random);
    case '{b}':
      return Buffer.from(`tide:${random.pick(PASSWORDS)(random)}`).toString('base64');
    case '{h1}':
      return randomText(random, 10);
    case '{h2}':
      return randomText(random, 9);
    default:
      return undefined;
  }
}
