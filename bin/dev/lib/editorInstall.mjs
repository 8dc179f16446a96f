// @ts-check
import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canInstallPackages, installPackages } from './debian.mjs';
import { executableOnPath } from './executableOnPath.mjs';
import { installOnce } from './installOnce.mjs';
import { hasNode, installNode, nodeBinary, nodeHome } from './nodeRuntime.mjs';
import { nodeGyp, runNpm } from './npm.mjs';
import { EDITOR, EDITOR_MAIN } from './places.mjs';
import { runLogged } from './runLogged.mjs';
import { SetupError } from './setupError.mjs';
import { EDITOR_VERSION } from './versions.mjs';

/**
 * Modules the server cannot log or watch its parent without. The rest of its native modules come prebuilt or are not
 * needed, and one of them (kerberos) does not even build without a system library.
 */
const NATIVE_MODULES = ['@vscode/spdlog', '@vscode/native-watchdog'];

const INSTALL = ['install', '--omit=dev', '--ignore-scripts'];

/** Whether the headless VS Code server is installed. */
export function hasEditor() {
  return existsSync(EDITOR_MAIN) && hasNode(24);
}

/** Installs the VS Code server that npm's code-server package carries, without code-server's own front end. */
export async function installEditor() {
  await installNode(24);
  await ensureCompiler();
  await installOnce(EDITOR, async (work) => {
    const node = nodeBinary(24);
    const download = join(work, 'download');
    const editor = join(work, 'editor');
    const log = `editor-${EDITOR_VERSION}`;
    await writeFile(join(work, 'package.json'), '{"private":true}');
    await runNpm(node, [...INSTALL, '--prefix', download, `code-server@${EDITOR_VERSION}`], {
      cwd: work,
      log,
    });
    await rename(join(download, 'node_modules/code-server/lib/vscode'), editor);
    await rm(download, { recursive: true });
    await runNpm(node, INSTALL, { cwd: editor, log });
    await runNpm(node, INSTALL, { cwd: join(editor, 'extensions'), log });
    for (const module of NATIVE_MODULES) {
      const cwd = join(editor, 'node_modules', module);
      await runLogged(log, node, [nodeGyp(), 'rebuild', '--silent', `--nodedir=${nodeHome(24)}`], { cwd });
    }
    return editor;
  });
}

async function ensureCompiler() {
  if (process.platform === 'win32') return;
  const missing = () =>
    !executableOnPath('c++', 'g++', 'clang++') || !executableOnPath('make') || !executableOnPath('python3');
  if (!missing()) return;
  if (canInstallPackages()) await installPackages(['build-essential', 'python3']);
  if (!missing()) return;
  const how =
    process.platform === 'darwin'
      ? 'xcode-select --install'
      : 'sudo apt-get install build-essential python3   (or what your distribution calls them)';
  throw new SetupError(
    `The VS Code server needs a C++ compiler, make and python3. Install them and run this again:\n  ${how}`,
  );
}
