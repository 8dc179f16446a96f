// @ts-check
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { executableOnPath } from '../../bin/dev/lib/executableOnPath.mjs';
import { installOnce } from '../../bin/dev/lib/installOnce.mjs';
import { toolNode } from '../../bin/dev/lib/nodeRuntime.mjs';
import { runNpm } from '../../bin/dev/lib/npm.mjs';
import { CACHE, ROOT } from '../../bin/dev/lib/places.mjs';
import { runLogged } from '../../bin/dev/lib/runLogged.mjs';
import { withSetupLock } from '../../bin/dev/lib/setupLock.mjs';

/**
 * @typedef {object} Corpus
 * @property {string} name for people
 * @property {string} id name of its results
 * @property {() => Promise<string>} folder resolves to the folder that holds the code, downloading it at the first call
 * @property {Corpus} [older] an earlier version, to complete what was added since
 * @property {boolean} [isHeldOut] asked questions only, and looked at by nobody who changes search
 * @property {boolean} [isToCut] for more languages to cut, and for nothing else
 */

/**
 * What package.json says of a package beside its version.
 *
 * @typedef {object} Extract
 * @property {string} keep pattern of the paths that hold the code once: packages ship it in several builds
 * @property {string} [scope] its code is in the packages of this scope, which it depends on
 * @property {string} [older]
 */

/** @returns {Promise<readonly Corpus[]>} this repository, and every corpus that package.json pins */
export async function knownCorpora() {
  const { dependencies, corpora, debian, debianToCut, heldOut } = JSON.parse(
    await readFile(new URL('package.json', import.meta.url), 'utf8'),
  );
  /** @param {string} name @param {Corpus} corpus */
  const known = (name, corpus) => ({ ...corpus, isHeldOut: heldOut.includes(name) });
  return [
    { name: 'this repository', id: 'this-repository', folder: () => Promise.resolve(ROOT) },
    ...Object.entries(dependencies).map(([name, version]) =>
      known(name, npmCorpus(name, version, corpora[name])),
    ),
    ...Object.entries(debian).map(([name, folder]) => known(name, debianCorpus(name, folder))),
    ...Object.entries(debianToCut).map(([name, folder]) => ({
      ...debianCorpus(name, folder),
      isToCut: true,
    })),
  ];
}

/** @param {string} name @param {string} version @param {Extract} extract @returns {Corpus} */
function npmCorpus(name, version, { keep, scope, older }) {
  const id = `${name.replace('@', '').replace('/', '-')}-${version}`;
  return {
    name: `${name} ${version}`,
    id,
    folder: inCache(`${id}-code`, async (work) => {
      await writeFile(join(work, 'package.json'), '{"private":true}');
      const args = ['install', '--ignore-scripts', '--legacy-peer-deps', `${name}@${version}`];
      await runNpm(toolNode(), args, { cwd: work, log: 'corpus' });
      const modules = join(work, 'node_modules');
      for (const part of scope ? [name, scope] : [name]) {
        await copyKept(join(modules, part), join(work, 'code', scope ? part : ''), new RegExp(keep));
      }
      return join(work, 'code');
    }),
    ...(older && { older: npmCorpus(name, older, { keep, ...(scope && { scope }) }) }),
  };
}

/** @param {string} name @param {string} content folder of the package's content that holds the code @returns {Corpus} */
function debianCorpus(name, content) {
  return {
    name: `${name} (Debian)`,
    id: `debian-${name}`,
    folder: inCache(`debian-${name}`, async (work) => {
      for (const tool of ['apt-get', 'dpkg-deb']) {
        if (!executableOnPath(tool)) throw new Error(`there is no ${tool} here`);
      }
      await runLogged('corpus', 'apt-get', ['download', name], { cwd: work });
      const [file = ''] = (await readdir(work)).filter((each) => each.endsWith('.deb'));
      await mkdir(join(work, 'content'));
      await runLogged('corpus', 'dpkg-deb', ['-x', join(work, file), join(work, 'content')]);
      return join(work, 'content', content);
    }),
  };
}

/** @param {string} name @param {(work: string) => Promise<string>} fill */
function inCache(name, fill) {
  const target = join(CACHE, 'corpus', name);
  return async () => {
    await withSetupLock(() => installOnce(target, fill));
    return target;
  };
}

/** @param {string} from @param {string} to @param {RegExp} keep */
async function copyKept(from, to, keep) {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = relative(from, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
    if (entry.isFile() && keep.test(path) && !path.includes('node_modules/')) {
      await cp(join(from, path), join(to, path));
    }
  }
}
