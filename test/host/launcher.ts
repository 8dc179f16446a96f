#!/usr/bin/env -S node --disable-warning=MODULE_TYPELESS_PACKAGE_JSON
// Takes VS Code's command line and runs the extension's tests in a headless VS Code server, so that `runTests` can use
// it where desktop VS Code cannot be downloaded. Exits with the tests' exit code.
import { tmpdir } from 'node:os';
import { format, parseArgs, stripVTControlCharacters } from 'node:util';
import { QUIET_SETTINGS, writeSettings } from '../../bin/dev/lib/editorServer.mjs';
import { openWorkbench } from '../support/workbench/workbenchSession.ts';

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    'disable-workspace-trust': { type: 'boolean' },
  },
});

const profile = String(values['user-data-dir']);
writeSettings(profile, QUIET_SETTINGS);

const ended = Promise.withResolvers<number>();
const interrupted = (): void => ended.resolve(130);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, interrupted);
// Whoever started this may end without a word.
process.stdin.on('end', interrupted).resume();

const session = await openWorkbench({
  folder: positionals[0] ?? tmpdir(),
  developmentPath: String(values.extensionDevelopmentPath),
  testsPath: String(values.extensionTestsPath),
  profile,
  extensions: String(values['extensions-dir']),
  trusted: values['disable-workspace-trust'] === true,
  bindings: {
    codeAutomationLog: (_level: string, parts: readonly unknown[]) => process.stdout.write(line(parts)),
    codeAutomationExit: (code: number) => ended.resolve(code),
  },
});
session.page.once('crash', () => ended.resolve(1));
session.page
  .locator('.monaco-workbench')
  .waitFor()
  .catch(() => ended.resolve(1));
void session.server.exited.then(() => ended.resolve(1));

const code = await ended.promise;
if (code !== 0) process.stderr.write(`See ${await session.saveEvidence('host')}\n`);
await session.close();
process.exit(code);

/** What the workbench logs: a format with arguments, in which `%c` marks a style. */
function line(parts: readonly unknown[]): string {
  return `${stripVTControlCharacters(format(...parts))}\n`;
}
