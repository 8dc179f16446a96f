// @ts-check
import { existsSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';

/** @import { Plugin } from 'esbuild' */

const ENDINGS = ['', '.ts', '.js', '/index.ts', '/index.js'];
const NOTHING = 'nothing';
/** Whatever is read of it, called or constructed is the same again. Named imports are looked up in its prototype. */
const NOTHING_SOURCE = `
const nothing = new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => '' : name === 'then' ? undefined : nothing),
  apply: () => nothing,
  construct: () => nothing,
});
module.exports = Object.create(nothing);
`;

/**
 * Bundles the files whose paths match, leaves Node's modules and some packages outside, and puts nothing in the place of all else:
 * telemetry, translations, the editor.
 *
 * @param {RegExp} files
 * @param {readonly string[]} packages
 * @returns {Plugin}
 */
export function onlyImports(files, packages) {
  return {
    name: 'only-imports',
    setup(build) {
      build.onResolve({ filter: /./ }, ({ path, resolveDir, kind }) => {
        if (kind === 'entry-point') return undefined;
        if (path.startsWith('node:') || builtinModules.includes(path) || packages.includes(path)) {
          return { path, external: true };
        }
        const file = path.startsWith('.') ? fileAt(resolve(resolveDir, path)) : undefined;
        return file && files.test(file) ? { path: file } : { path, namespace: NOTHING };
      });
      build.onLoad({ filter: /./, namespace: NOTHING }, () => ({ contents: NOTHING_SOURCE, loader: 'js' }));
    },
  };
}

/** @param {string} path */
function fileAt(path) {
  const paths = ENDINGS.map((ending) => path + ending);
  return paths.find((each) => existsSync(each) && statSync(each).isFile());
}
