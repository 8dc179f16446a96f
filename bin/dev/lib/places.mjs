// @ts-check
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EDITOR_VERSION } from './versions.mjs';

/** The repository's root folder. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Downloads shared by all clones; everything in it can be deleted at any time. */
export const CACHE =
  process.env['TOUCHSTONE_DEV_CACHE'] ||
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'touchstone-dev');

export const LOGS = join(CACHE, 'logs');
export const DIST = join(ROOT, 'dist');
export const VSIX = join(DIST, 'touchstone.vsix');

/** The headless VS Code server; native modules in it are built for the Node 24 of the cache. */
export const EDITOR = join(CACHE, `editor-${EDITOR_VERSION}`);
export const EDITOR_MAIN = join(EDITOR, 'out/server-main.js');

/** A folder name for state that belongs to this clone alone. */
export const CLONE_ID = createHash('sha256').update(ROOT).digest('hex').slice(0, 12);
