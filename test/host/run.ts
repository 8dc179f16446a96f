// The host tier: runs test/host/suite inside a real extension host, in desktop VS Code where that can be downloaded and
// shown, otherwise in the headless server that set-up installed. `TOUCHSTONE_DESKTOP=1` insists on the desktop, `=0` on
// the server.
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { CACHE, ROOT } from '../../bin/dev/lib/places.mjs';
import { OUTPUT } from '../support/workbench/output.ts';
import { bundleSuite } from './bundleSuite.ts';
import { canRunDesktop } from './canRunDesktop.ts';
import type { SuiteResult } from './suiteResult.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { results: { type: 'string' }, extension: { type: 'string' } },
});
const results = values.results ?? join(OUTPUT, 'host-results.json');
mkdirSync(OUTPUT, { recursive: true });
const home = await mkdtemp(join(tmpdir(), 'touchstone-host-'));
const workspace = join(home, 'workspace');

const log = createWriteStream(join(OUTPUT, 'host.log'));

try {
  await rm(results, { force: true });
  await cp(join(ROOT, 'test/host/fixtures/workspace'), workspace, { recursive: true });
  const desktop = await canRunDesktop();
  process.stdout.write(`Host tests in ${desktop ? 'desktop VS Code' : 'the headless VS Code server'}\n`);
  await runTests({
    ...(desktop ? { version: 'stable' } : { vscodeExecutablePath: join(ROOT, 'test/host/launcher.ts') }),
    extensionDevelopmentPath: values.extension ?? ROOT,
    extensionTestsPath: await bundleSuite(),
    extensionTestsEnv: {
      TOUCHSTONE_RESULTS: results,
      TOUCHSTONE_FILTER: positionals.join(' '),
      // Indexes built by the tests stay out of the person's own cache; what set-up brought stays in reach.
      XDG_CACHE_HOME: join(home, 'cache'),
      TOUCHSTONE_DEV_CACHE: CACHE,
      PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    },
    launchArgs: [
      workspace,
      `--user-data-dir=${join(home, 'user')}`,
      `--extensions-dir=${join(home, 'extensions')}`,
    ],
    stdout: log,
    stderr: log,
  });
} catch (error) {
  process.stderr.write(`${String(error)}; all output is in ${String(log.path)}\n`);
  process.exitCode = 1;
} finally {
  printResults(results);
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
}

function printResults(path: string): void {
  if (!existsSync(path)) {
    process.stderr.write('The suite did not run to its end.\n');
    process.exitCode = 1;
    return;
  }
  const { tests } = JSON.parse(readFileSync(path, 'utf8')) as SuiteResult;
  for (const { title, state, durationMs, error = '' } of tests) {
    const indented = error && `\n    ${error.replaceAll('\n', '\n    ')}`;
    process.stdout.write(`  ${state} ${title} (${durationMs} ms)${indented}\n`);
  }
}
