import { MARKUP } from './markup.ts';
import type { Random } from './seededRandom.ts';

/** Pieces that mean something to one of the languages that text ends up in, or that hide or turn text. */
const PIECES: readonly string[] = [
  ...MARKUP,
  ...['\n', '\r', '\r\n', '\t', ' ', '\0', '\x1b[2J', '\x1b]52;c;eA==\x07', '\x9b31m', '\b', '\x7f'],
  ...[
    '\u202e',
    '\u2066',
    '\u2069',
    '\u200b',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u{e0041}',
    '\ufe0f',
    '\u061c',
    '\u3164',
  ],
  ...['\u180e', '\u115f', '\u2028', '\ufff9', '\ud800', '\udc00', '👩‍👩‍👧', 'می‌خواهم', 'שלום', '漢'],
  ...[
    '..',
    '../',
    '/',
    '\\',
    './',
    '//',
    'C:',
    '~',
    '.git/',
    '/etc/passwd',
    'file://',
    '%2e%2e/',
    '.ssh/id_rsa',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '{',
    '}',
    '<',
    '>',
    '`',
    '*',
    '**',
    '_',
    '#',
    '!',
    '|',
    '&',
    '"',
    "'",
    '$(',
    '${',
    '$',
    ';',
  ],
  ...[
    'command:workbench.action.terminal.new',
    'javascript:alert(1)',
    '[1]',
    '[1](',
    '](',
    '```',
    '~~~',
    '> ',
    '- ',
    '1. ',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'true',
    '1e999',
    '-1',
    'a',
    'b',
    'src',
    '.ts',
  ],
  ...[
    '/**/',
    '**',
    '[!a]',
    '[a-z',
    '{a,b}',
    '?',
    '!',
    '\\ ',
    '*?*?*?',
    '&a',
    '*a',
    '<<: ',
    '? ',
    '|\n ',
    '--- ',
    '!!js/function ',
    '%TAG ',
  ],
];

/** A text of up to so many pieces. */
export function hostileText(random: Random, pieces = 12): string {
  let text = '';
  for (let left = random.below(pieces + 1); left > 0; left--) {
    const piece = random.pick(PIECES);
    text += random.once(12) ? piece.repeat(1 + random.below(60)) : piece;
  }
  return text;
}

/** A JSON-like value that nobody expects. */
export function hostileValue(random: Random, depth = 3): unknown {
  switch (random.below(depth > 0 ? 9 : 7)) {
    case 0:
      return undefined;
    case 1:
      return null;
    case 2:
      return random.pick([0, -1, 1.5, NaN, Infinity, 2 ** 53, 1e300]);
    case 3:
      return random.once(2);
    case 7:
      return Array.from({ length: random.below(4) }, () => hostileValue(random, depth - 1));
    case 8:
      return Object.fromEntries(
        Array.from({ length: random.below(4) }, () => [
          hostileText(random, 2),
          hostileValue(random, depth - 1),
        ]),
      );
    default:
      return hostileText(random, 4);
  }
}
