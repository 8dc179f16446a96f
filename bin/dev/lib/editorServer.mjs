// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGuarded } from './guardedProcess.mjs';
import { nodeBinary } from './nodeRuntime.mjs';
import { EDITOR_MAIN } from './places.mjs';
import { runLogged } from './runLogged.mjs';
import { SetupError } from './setupError.mjs';

/** What makes the editor quiet and ours alone: no other assistant, no welcome page, no calls home. */
export const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'chat.agentHost.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  // It would open empty, as the place of the assistant switched off above.
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  // Ports that other programs open are not worth a notification.
  'remote.autoForwardPorts': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
};

/**
 * @typedef {object} EditorServerOptions
 * @property {string} profile folder for settings, state and logs
 * @property {string} extensions folder of installed extensions
 * @property {number} [port] 0 or none: a free one
 * @property {string} [tokenFile] file with the secret every request must carry. None only in tests: without it any web
 *   page in any local browser can read any file through the server
 * @property {boolean} [trustWorkspace] trust every folder instead of starting in Restricted Mode
 * @property {boolean} [testDriver] lets a page load an extension under development and run its tests
 * @property {NodeJS.ProcessEnv} [env] set on top of this process's own
 */

/**
 * @typedef {object} EditorServer
 * @property {number} port
 * @property {string} origin `http://127.0.0.1:<port>`
 * @property {() => string} output what the server has printed so far
 * @property {Promise<number>} exited
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the VS Code server on the loopback interface.
 *
 * @param {EditorServerOptions} options
 * @returns {Promise<EditorServer>}
 */
export async function startEditorServer(options) {
  const server = startGuarded(nodeBinary(24), serverArguments(options), {
    env: serverEnvironment(options.env),
  });
  let output = '';
  /** @type {Promise<number>} */
  const listening = new Promise((resolve) => {
    /** @param {Buffer} data */
    const read = (data) => {
      output += data.toString();
      const port = /agent listening on (\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
  });
  const port = await Promise.race([listening, server.exited.then(() => undefined)]);
  if (port === undefined) throw new SetupError(`The VS Code server did not start:\n${output}`);
  const { exited, stop } = server;
  return { port, origin: `http://127.0.0.1:${port}`, output: () => output, exited, stop };
}

/**
 * Leaves out what a VS Code around us (its terminal, its test view) says about itself.
 *
 * @param {NodeJS.ProcessEnv} [extra]
 */
function serverEnvironment(extra) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(own), ...extra };
}

/** @param {EditorServerOptions} options */
function serverArguments({ profile, extensions, port = 0, tokenFile, trustWorkspace, testDriver }) {
  return [
    EDITOR_MAIN,
    '--accept-server-license-terms',
    '--host=127.0.0.1',
    `--port=${port}`,
    `--server-data-dir=${profile}`,
    `--extensions-dir=${extensions}`,
    '--telemetry-level=off',
    tokenFile === undefined ? '--without-connection-token' : `--connection-token-file=${tokenFile}`,
    ...(trustWorkspace ? ['--disable-workspace-trust'] : []),
    ...(testDriver ? ['--enable-smoke-test-driver'] : []),
  ];
}

/**
 * Writes the user settings of a profile. What a person has changed in an existing one stays, and all of it where they
 * left comments.
 *
 * @param {string} profile
 * @param {Readonly<Record<string, unknown>>} settings
 */
export function writeSettings(profile, settings) {
  const folder = join(profile, 'data/User');
  const path = join(folder, 'settings.json');
  try {
    const existing = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, JSON.stringify({ ...settings, ...existing }, undefined, 2));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
}

/**
 * Installs a packaged extension where a server with the same folders will find it.
 *
 * @param {string} vsix
 * @param {{ readonly profile: string, readonly extensions: string }} folders
 */
export function installExtension(vsix, { profile, extensions }) {
  return runLogged('install-extension', nodeBinary(24), [
    EDITOR_MAIN,
    '--accept-server-license-terms',
    `--server-data-dir=${profile}`,
    `--extensions-dir=${extensions}`,
    `--install-extension=${vsix}`,
    '--force',
  ]);
}
