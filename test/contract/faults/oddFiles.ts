import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../support/seededRandom.ts';

const NAME_PARTS = [
  ...[
    'a',
    'Z',
    '0',
    '_',
    '-',
    '--',
    '.',
    '..',
    ' ',
    '  ',
    'name',
    'CON',
    'index',
    '~',
    '#',
    '%20',
    '%',
    '&',
    ';',
  ],
  ...[
    '\n',
    '\r',
    '\t',
    '\u0001',
    '\u007f',
    '\\',
    '\\\\',
    '"',
    "'",
    '`',
    '$(x)',
    '*',
    '?',
    '[a]',
    '{b}',
    '!',
    '|',
  ],
  ...[
    'é',
    'e\u0301',
    'ß',
    'ﬁ',
    'İ',
    'ı',
    '名',
    '😀',
    '👩‍👩‍👧',
    '\u202e',
    '\u200b',
    '\ufeff',
    '\u2028',
    '\ufffd',
    'ñ',
  ],
  ...['__proto__', 'constructor', 'toString', 'undefined', 'null', 'true', ':', '::', '@', '+', '=', ','],
];
const ENDINGS = [
  '.ts',
  '.tsx',
  '.py',
  '.go',
  '.rs',
  '.md',
  '.c',
  '.html',
  '.yaml',
  '',
  '.',
  '.unknown',
  '.JS',
];
const MAX_NAME_BYTES = 250;

type Content = (random: Random) => Uint8Array | string;

const words = [
  'const',
  'x',
  '=',
  '1;',
  'function',
  '{',
  '}',
  '(',
  ')',
  '"s"',
  '//',
  '\t',
  '  ',
  'über',
  '名前',
  '😀',
];
const some = (random: Random, count: number, part: () => string) =>
  Array.from({ length: random.below(count) }, part).join('');
const bytes = (random: Random, count: number) =>
  Uint8Array.from({ length: random.below(count) }, () => random.below(256));
const line = (random: Random) =>
  `${some(random, 12, () => `${random.pick(words)} `)}${random.pick(['\n', '\n', '\r\n', '\r'])}`;
const code = (random: Random) => some(random, 400, () => line(random));
const bracket = (random: Random) =>
  random.pick(['{', '(', '[', '<', '"', '`', '${', '/*', '<!--', 'if (a) {\n', '- ', '> ']);

/** All that a file may be, from empty to nested a hundred thousand deep. */
const CONTENTS: readonly Content[] = [
  code,
  code,
  () => '',
  (random) => '\n'.repeat(random.below(5000)),
  (random) => '\r'.repeat(random.below(3000)),
  (random) => bytes(random, 4000),
  (random) => bytes(random, 4000).map((byte) => Math.max(1, byte)),
  (random) => `${code(random)}\0${code(random)}`,
  (random) => `${code(random).padEnd(9000, 'word ')}\0\0${code(random)}`,
  (random) => Buffer.from(code(random), 'latin1'),
  (random) => Buffer.from(`\ufeff${code(random)}`, 'utf16le'),
  (random) => Buffer.from(`\ufeff${code(random)}`, 'utf16le').swap16(),
  (random) => Buffer.concat([Buffer.from([0xff, 0xfe]), bytes(random, 999)]),
  (random) => `\ufeff${code(random)}`,
  (random) => Buffer.from(code(random)).map((byte) => (random.once(40) ? 0xed : byte)),
  (random) => 'x'.repeat(random.below(200_000)),
  (random) => some(random, 40, () => `${'word '.repeat(random.below(3000))}\n`),
  (random) => bracket(random).repeat(random.below(100_000)),
  (random) => some(random, 30_000, () => bracket(random)),
  (random) => Array.from({ length: random.below(2000) }, (_, depth) => `${' '.repeat(depth)}x:\n`).join(''),
  (random) => `// @generated do not edit\n${code(random)}`,
  (random) => `${'\u0301'.repeat(random.below(20_000))}\n${'\u202e\u200d'.repeat(random.below(9000))}`,
  (random) => some(random, 20_000, () => String.fromCharCode(random.below(0x10000))),
  (random) => '1'.repeat(1024 * 1024 + random.below(2)),
];

export interface OddFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Writes so many files with names and contents that no person would choose. Returns those that the system took. */
export function writeOddFiles(root: string, count: number, random: Random): readonly OddFile[] {
  const files = new Map<string, OddFile>();
  for (let at = 0; at < count; at++) {
    const path = oddPath(random, at);
    const content = Buffer.from(random.pick(CONTENTS)(random));
    try {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), content);
    } catch {
      // Not every system takes every name.
      continue;
    }
    files.set(path, { path, bytes: content });
  }
  return [...files.values()];
}

/** Two files never share a name, whatever the system makes of case and of composed letters. */
function oddPath(random: Random, at: number): string {
  const folders = Array.from(
    { length: random.below(random.once(20) ? 12 : 3) },
    () => `${oddName(random)}_d`,
  );
  return [...folders, `${oddName(random)}${at}${random.pick(ENDINGS)}`].join('/');
}

function oddName(random: Random): string {
  const parts = Array.from({ length: 1 + random.below(random.once(15) ? 60 : 4) }, () =>
    random.pick(NAME_PARTS),
  );
  let name = parts.join('');
  while (Buffer.byteLength(name) > MAX_NAME_BYTES - 12) name = name.slice(0, -4);
  return name;
}
