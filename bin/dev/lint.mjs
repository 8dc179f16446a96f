// @ts-check
// `npm run lint [-- path …]`: typed eslint over the repository, where warnings fail. A typed rule may judge a file by any
// other, so results are kept for the whole: a tree that passed is not read again until some file of it changes.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startGuarded } from './lib/guardedProcess.mjs';
import { ROOT } from './lib/places.mjs';
import { runScript } from './lib/setupError.mjs';
import { hashSources } from './lib/sourceHash.mjs';

const ESLINT = join(ROOT, 'node_modules/eslint/bin/eslint.js');
const CONFIG = 'test/architecture/eslint.config.mjs';
const STAMP = join(ROOT, 'node_modules/.cache/touchstone/lint');

/** What tests write lies beside the tests in `test/e2e`. */
const WRITTEN = 'output';

function hashTree() {
  const inFolder = (/** @type {string} */ folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name !== WRITTEN)
      .map((name) => `${folder}/${name}`);
  const files = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isFile());
  const tests = inFolder('test').filter((path) => path !== 'test/e2e');
  const paths = ['src', 'bin', ...files.map(({ name }) => name), ...tests, ...inFolder('test/e2e')];
  return `${process.version} ${hashSources(paths.sort())}`;
}

function lastPassed() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}

await runScript(async () => {
  const paths = process.argv.slice(2);
  const hash = hashTree();
  if (paths.length === 0 && hash === lastPassed()) {
    console.log('Nothing has changed since this passed.');
    return 0;
  }
  const command = [ESLINT, '--config', CONFIG, '--max-warnings', '0', ...(paths.length > 0 ? paths : ['.'])];
  const outcome = await startGuarded(process.execPath, command, { cwd: ROOT, output: 'inherit' }).exited;
  if (outcome === 0 && paths.length === 0) {
    mkdirSync(dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, hash);
  }
  return outcome;
});
