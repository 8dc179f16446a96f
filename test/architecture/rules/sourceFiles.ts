import { globSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

/** Path relative to the repository, with `/`, to text. Rules take such maps, so that tests can plant violations. */
export type SourceFiles = ReadonlyMap<string, string>;

/** What a rule found: one readable sentence each, starting with the file. */
export type Violations = readonly string[];

export const repository = resolve(import.meta.dirname, '../../..');

/** Every TypeScript file below `src`, or below another folder of the repository or of another checkout of it. */
export function readSources(folder = 'src', root = repository): SourceFiles {
  const paths = globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }).map((path) => path.split(sep).join('/'));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** A JSON file of the repository. */
export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(repository, path), 'utf8'));
}

/** For planted violations: `{ 'src/core/a.ts': 'text' }`. */
export function plant(files: Readonly<Record<string, string>>): SourceFiles {
  return new Map(Object.entries(files));
}
