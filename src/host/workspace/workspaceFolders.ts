import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { relative, sep } from 'node:path';
import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import { readExcludes } from '../../core/indexing/excludeGlob.ts';
import type { DiscoverySettings, DocumentRef, FolderConfig } from '../../protocol/engine.ts';
import {
  embeddingCacheFile,
  storeDirectory,
  type StoreSurroundings,
  workspaceId,
} from '../../protocol/storeLocation.ts';
import { settings } from '../editor/contributions.ts';

/** A folder of the window that the engine works on. */
export interface EngineFolder extends FolderConfig {
  /** Identifies the folder in the signal ledger. */
  readonly workspaceId: string;
  readonly name: string;
}

/** Where the indexes of the open folders live. Folders that are not on disk are left out. */
export async function readEngineFolders(): Promise<readonly EngineFolder[]> {
  const onDisk = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const folders = await Promise.all(onDisk.map(engineFolder));
  // Two links to one folder share a store, which wants a single writer.
  return folders.filter(
    (folder, index) => folders.findIndex(({ store }) => store === folder.store) === index,
  );
}

/** The document's place in a workspace folder; `undefined` for everything that is not a file in one. */
export function locateDocument(uri: Uri): DocumentRef | undefined {
  if (uri.scheme !== 'file') return undefined;
  const root = workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  return root === undefined ? undefined : { root, path: relativePath(root, uri) };
}

/** With `/` on every platform; `''` for the folder itself. */
export function relativePath(root: string, uri: Uri): string {
  return relative(root, uri.fsPath).replaceAll(sep, '/');
}

async function engineFolder({ uri, name }: WorkspaceFolder): Promise<EngineFolder> {
  const root = uri.fsPath;
  // A folder that is gone keeps its path: opening it fails later, with a message that says so.
  const canonical = await realpath(root).catch(() => root);
  const store = storeDirectory(canonical, surroundings());
  const discovery = readDiscoverySettings(uri);
  return { root, store, name, discovery, workspaceId: workspaceId(canonical, sha256hex) };
}

/** Where vectors are kept that a provider was paid for. */
export function embeddingCache(): string {
  return embeddingCacheFile(surroundings());
}

function surroundings(): StoreSurroundings {
  return { platform: process.platform, env: process.env, home: homedir(), sha256hex };
}

function sha256hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The settings that `readDiscoverySettings` reads. */
export const DISCOVERY_SETTINGS = ['files.exclude', 'search.exclude', settings.maxFileKilobytes] as const;

const DEFAULT_MAX_KILOBYTES = 1_024;

/** What the settings in force in a folder say about which of its files to index. */
export function readDiscoverySettings(folder: Uri): DiscoverySettings {
  const configuration = workspace.getConfiguration(undefined, folder);
  return {
    excludes: [
      ...toGlobs(configuration.get('files.exclude')),
      ...toGlobs(configuration.get('search.exclude')),
    ],
    maxFileBytes: 1_024 * configuration.get(settings.maxFileKilobytes, DEFAULT_MAX_KILOBYTES),
  };
}

/** Excludes in force in these folders that are too much to hold as they are written. */
export function readCutExcludes(roots: readonly string[]): readonly string[] {
  return roots.flatMap((root) => readExcludes(readDiscoverySettings(Uri.file(root)).excludes).cut);
}

/** `{ "glob": true | false | { "when": "sibling" } }`, as people write it: anything else is left out. */
function toGlobs(excludes: unknown): DiscoverySettings['excludes'] {
  if (typeof excludes !== 'object' || excludes === null) return [];
  return Object.entries(excludes).flatMap(
    ([glob, value]: readonly [string, unknown]): DiscoverySettings['excludes'] => {
      if (value === true) return [{ glob }];
      if (typeof value !== 'object' || value === null || !('when' in value)) return [];
      return typeof value.when === 'string' ? [{ glob, when: value.when }] : [];
    },
  );
}
