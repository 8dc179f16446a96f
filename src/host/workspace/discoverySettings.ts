import { workspace, type Uri } from 'vscode';
import type { DiscoverySettings } from '../../protocol/engine.ts';
import { settings } from '../editor/contributions.ts';

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
