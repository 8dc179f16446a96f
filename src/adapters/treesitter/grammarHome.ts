const OWN_PACKAGES = new Map<string, string>(
  Object.entries({
    'web-tree-sitter.wasm': 'web-tree-sitter',
    'tree-sitter-html.wasm': 'tree-sitter-html',
    'tree-sitter-kotlin.wasm': '@lumis-sh/wasm-kotlin',
    'tree-sitter-lua.wasm': '@tree-sitter-grammars/tree-sitter-lua',
  }),
);

/** The folder of node_modules that holds a file of the parser's. */
export function grammarHome(file: string): string {
  return OWN_PACKAGES.get(file) ?? '@vscode/tree-sitter-wasm/wasm';
}
