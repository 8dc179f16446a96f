import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import type { Metafile } from 'esbuild';
import { packageName, type Import } from './imports.ts';
import { repository } from './sourceFiles.ts';

export interface BuiltProduct {
  /** A folder that looks like the repository and has a fresh `dist`. */
  readonly folder: string;
  /** What esbuild says about every bundle; paths of inputs are relative to the repository. */
  readonly metafile: Pick<Metafile, 'inputs' | 'outputs'>;
  remove(): void;
}

const copied = [
  'esbuild.mjs',
  'package.json',
  'package.nls.json',
  '.vscodeignore',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'media',
];
const linked = ['src', 'bin', 'node_modules', 'tsconfig.json'];

/** Builds the product as it is now in a folder of its own: neither stale bundles nor others' builds can mislead. */
export async function buildProduct(): Promise<BuiltProduct> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'touchstone-build-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const name of copied) {
      if (existsSync(join(repository, name)))
        cpSync(join(repository, name), join(folder, name), { recursive: true });
    }
    for (const name of linked) symlinkSync(join(repository, name), join(folder, name));
    await promisify(execFile)(process.execPath, ['esbuild.mjs', '--metafile'], { cwd: folder });
    const metafile = JSON.parse(readFileSync(join(folder, 'dist/meta.json'), 'utf8')) as Metafile;
    return { folder, remove, metafile: relocate(metafile, folder) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** esbuild follows links and names inputs relative to where it ran. */
function relocate({ inputs, outputs }: Metafile, folder: string): Pick<Metafile, 'inputs' | 'outputs'> {
  const rename = (path: string) =>
    /^[\w-]+:/.test(path) ? path : relative(repository, resolve(folder, path)).split(sep).join('/');
  const renameKeys = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).map(([path, value]) => [rename(path), value]));
  return {
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([path, input]) => [
        rename(path),
        {
          ...input,
          imports: input.imports.map((each) => (each.external ? each : { ...each, path: rename(each.path) })),
        },
      ]),
    ),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([path, output]) => [
        path,
        { ...output, inputs: renameKeys(output.inputs) },
      ]),
    ),
  };
}

/** The imports of our files that remain at run time, in the shape that the rules read. */
export function runTimeImports({ inputs }: Pick<Metafile, 'inputs'>): readonly Import[] {
  return Object.entries(inputs)
    .filter(([from]) => from.startsWith('src/'))
    .flatMap(([from, { imports }]) =>
      // The syntax shows what is in a bundle that is loaded later.
      imports
        .filter(({ path, external }) => !(external && path.startsWith('./')))
        .map(({ path, external }): Import => {
          const isOurs = path.startsWith('src/');
          const isBuiltin = external === true && path.startsWith('node:');
          const to = isOurs ? path : packageName(path.replace(/^(.*node_modules\/|node:)/, ''));
          return { from, kind: isOurs ? 'file' : isBuiltin ? 'builtin' : 'package', to, isTypeOnly: false };
        }),
    );
}

/** Names of the packages whose code is in the bundles, sorted. */
export function bundledPackages({ outputs }: Pick<Metafile, 'outputs'>): readonly string[] {
  const names = Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([path, { bytesInOutput }]) => path.includes('node_modules/') && bytesInOutput > 0)
    .map(([path]) => packageName(path.replace(/^.*node_modules\//, '')));
  return [...new Set(names)].sort();
}
