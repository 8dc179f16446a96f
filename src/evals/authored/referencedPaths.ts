import { parseGold } from './goldReference.ts';
import { parseCaseFile } from './parseCaseFile.ts';

/** The paths in the workspace that a file of cases refers to. */
export function referencedPaths(source: string): readonly string[] {
  const { chat, retrieval, completion } = parseCaseFile(source);
  const gold = [...chat, ...retrieval].flatMap(({ entry }) => entry.gold.map(parseGold));
  const paths = gold.flatMap((reference) => (typeof reference === 'string' ? [] : [reference.path]));
  return [...new Set([...paths, ...completion.map(({ entry }) => entry.path)])];
}
