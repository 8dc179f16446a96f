import { mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from '../../support/seededRandom.ts';
import { sourceText } from './sourceText.ts';

const FOLDERS = 5;
const FILES_PER_FOLDER = 10;

/** Every path that an edit may touch; some of them exist at any time. */
const PATHS: readonly string[] = Array.from(
  { length: FOLDERS * FILES_PER_FOLDER },
  (_, index) => `folder${index % FOLDERS}/file${Math.floor(index / FOLDERS)}.ts`,
);
const RULES = ['', 'folder4/\n', '*2.ts\n!folder1/file2.ts\n', 'folder0/file1.ts\n'];

/** Fills an empty folder. */
export function fillFolder(root: string, random: Random): void {
  for (const path of PATHS) write(root, path, sourceText(random, 2 + random.below(20)));
}

type Edit = (root: string, random: Random) => readonly string[];

/** Makes one random change and returns the paths that it may have changed. */
export function editFolder(root: string, random: Random): readonly string[] {
  return random.pick(EDITS)(root, random);
}

/** Rewrites one of the files. */
export const rewriteFile: Edit = (root, random) => {
  const path = random.pick(PATHS);
  write(root, path, sourceText(random, 1 + random.below(20)));
  return [path];
};

const EDITS: readonly Edit[] = [
  rewriteFile,
  rewriteFile,
  rewriteFile,
  function deleteFile(root, random) {
    const path = random.pick(PATHS);
    rmSync(join(root, path), { recursive: true, force: true });
    return [path];
  },
  function renameFile(root, random) {
    const [from, to] = [random.pick(PATHS), random.pick(PATHS)];
    if (from === to || !isFile(root, from)) return [];
    clear(root, to);
    renameSync(join(root, from), join(root, to));
    return [from, to];
  },
  function replaceByFolder(root, random) {
    const path = random.pick(PATHS);
    rmSync(join(root, path), { recursive: true, force: true });
    write(root, `${path}/inner.ts`, sourceText(random, 3));
    return [path];
  },
  function deleteFolder(root, random) {
    const folder = `folder${random.below(FOLDERS)}`;
    if (random.once(3)) rmSync(join(root, folder), { recursive: true, force: true });
    return [folder];
  },
  function makeBinary(root, random) {
    const path = random.pick(PATHS);
    write(root, path, `binary\0${random.below(1000)}`);
    return [path];
  },
  function changeRules(root, random) {
    write(root, '.gitignore', random.pick(RULES));
    return ['.gitignore'];
  },
  function touchFile(root, random) {
    const path = random.pick(PATHS);
    if (isFile(root, path)) utimesSync(join(root, path), 1_700_000_000, 1_700_000_000 + random.below(1e6));
    return [path];
  },
];

function write(root: string, path: string, text: string): void {
  clear(root, path);
  writeFileSync(join(root, path), text);
}

/** Makes room for a file: what is in its way goes. */
function clear(root: string, path: string): void {
  const file = join(root, path);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) rmSync(file, { recursive: true });
  const folder = dirname(file);
  if (isFile(root, dirname(path))) rmSync(folder);
  mkdirSync(folder, { recursive: true });
}

function isFile(root: string, path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false })?.isFile() ?? false;
}
