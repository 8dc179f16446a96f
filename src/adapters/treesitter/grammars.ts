/** File name endings of each grammar. C is parsed as C++, which is nearly a superset of it. */
const GRAMMARS: Readonly<Record<string, string>> = {
  bash: 'sh bash zsh ksh',
  'c-sharp': 'cs csx',
  cpp: 'c h cc cpp cxx hh hpp hxx tcc inl ino',
  css: 'css',
  go: 'go',
  html: 'html htm',
  java: 'java',
  javascript: 'js mjs cjs jsx',
  kotlin: 'kt kts',
  lua: 'lua',
  php: 'php phtml',
  powershell: 'ps1 psm1 psd1',
  python: 'py pyi pyw',
  ruby: 'rb rake gemspec ru',
  rust: 'rs',
  tsx: 'tsx',
  typescript: 'ts mts cts',
};

const BY_ENDING = new Map(
  Object.entries(GRAMMARS).flatMap(([grammar, endings]) =>
    endings.split(' ').map((ending) => [ending, grammar] as const),
  ),
);

/** The grammar for a file by its name; `undefined` when there is none. */
export function grammarFor(path: string): string | undefined {
  return BY_ENDING.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}

/** Name of the file that holds a grammar. */
export function grammarFile(grammar: string): string {
  return `tree-sitter-${grammar}.wasm`;
}
