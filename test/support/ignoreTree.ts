import fc from 'fast-check';

const name = fc.constantFrom(
  'a',
  'b',
  'Ab',
  'a.t',
  'b.t',
  '.h',
  'x y',
  'x ',
  '#c',
  '!d',
  'a-b',
  '[a]',
  'étude',
  'a*',
);
const FOLDERS = ['a', 'b', 'Ab', 'x y', '[a]', 'c'];
export const folder = fc.array(fc.constantFrom(...FOLDERS), { maxLength: 3 }).map((names) => names.join('/'));

// Not tried: what git's own matcher decides by accident, such as `a**/b` (undefined before 2.41) and an escaped slash, and
// classes that meet characters outside ASCII, of which git counts the bytes.
const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    'Ab',
    'c',
    'a.t',
    '.h',
    'x y',
    'x\\ ',
    '\\#c',
    '\\!d',
    '#c',
    '!d',
    '\\[a\\]',
    'étude',
    'a\\*',
  ],
  ...['*', '**', '?', '*.t', 'a*', '?b', '[ab]', '[!a]', '[^a]', '[a-c]*', '*[b]', '[a'],
  ...['[[:alpha:]]*', '[[:digit:]!]d', '[]a]', '[!]a]', 'a[.]t', '[c-a]', '***', '*a*b', 'a*t', '\\*', '?*'],
);
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '!', '/', '!/'),
    fc.array(piece, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '', '/', '/**', '/*', ' ', '\\ ', '\t', '//'),
  )
  .map(([start, pieces, end]) => start + pieces.join('/') + end);
/** The text of a `.gitignore`. */
export const ruleFile = fc
  .tuple(fc.array(pattern, { minLength: 1, maxLength: 5 }), fc.constantFrom('\n', '\n', '\r\n'))
  .map(([patterns, lineBreak]) => patterns.join(lineBreak) + lineBreak);

const files = fc
  .array(fc.tuple(folder, name), { minLength: 4, maxLength: 14 })
  .map((places) => places.map(([around, file]) => (around === '' ? `${file}.f` : `${around}/${file}.f`)));
const bare = fc
  .array(fc.tuple(folder, name), { minLength: 2, maxLength: 10 })
  .map((places) => places.map(([around, file]) => (around === '' ? file : `${around}/${file}`)))
  .map((paths) => paths.filter((path) => !FOLDERS.includes(path.slice(path.lastIndexOf('/') + 1))));
/** Files and rule files, by their paths. */
export const ignoreTree: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .tuple(files, bare, fc.array(fc.tuple(folder, ruleFile), { minLength: 1, maxLength: 3 }))
  .map(([suffixed, plain, rules]) => ({
    ...Object.fromEntries([...suffixed, ...plain].map((path) => [path, ''])),
    ...Object.fromEntries(
      rules.map(([around, text]) => [around === '' ? '.gitignore' : `${around}/.gitignore`, text]),
    ),
  }));
