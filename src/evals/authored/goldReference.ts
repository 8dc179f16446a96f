import { parseCaseFile } from './parseCaseFile.ts';

/** What a gold entry refers to: a whole file, lines of it, or something it defines. */
interface GoldReference {
  readonly path: string;
  readonly lines?: { readonly startLine: number; readonly endLine: number };
  /** Names from the outside in: `['Money', 'round']`. */
  readonly names?: readonly string[];
}

const LINES = /^L?(\d+)(?:-L?(\d+))?$/;

/** `path`, `path#L10`, `path#L10-L20`, `path#name` or `path#Outer.inner`. A string says what is wrong with it. */
export function parseGold(gold: string): GoldReference | string {
  const hash = gold.lastIndexOf('#');
  const path = (hash < 0 ? gold : gold.slice(0, hash)).replace(/^\.\//, '');
  const part = hash < 0 ? undefined : gold.slice(hash + 1);
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.split('/').includes('..')) {
    return `\`${gold}\` has to be a path inside the workspace, with \`/\`, such as src/money.ts.`;
  }
  if (part === undefined) return { path };
  if (part === '') return `\`${gold}\` ends with #. Add lines (L10-L20) or a name, or remove the #.`;
  const [range, first = '', last = first] = LINES.exec(part) ?? [];
  if (range === undefined) return { path, names: part.split('.') };
  const lines = { startLine: Number(first), endLine: Number(last) };
  if (lines.startLine < 1 || lines.endLine < lines.startLine) {
    return `\`${part}\` is no range of lines. Lines count from 1, the smaller number first.`;
  }
  return { path, lines };
}

/** The paths in the workspace that a file of cases refers to. */
export function referencedPaths(source: string): readonly string[] {
  const { chat, retrieval, completion } = parseCaseFile(source);
  const gold = [...chat, ...retrieval].flatMap(({ entry }) => entry.gold.map(parseGold));
  const paths = gold.flatMap((reference) => (typeof reference === 'string' ? [] : [reference.path]));
  return [...new Set([...paths, ...completion.map(({ entry }) => entry.path)])];
}
