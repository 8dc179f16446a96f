import type { Uri } from 'vscode';

/** A list of changes is long after a rename of everything or a checkout in between: it tells nothing about the work. */
const MAX = 100;

/**
 * What is used of the API that VS Code's own git extension exports, version 1: see
 * https://github.com/microsoft/vscode/blob/main/extensions/git/src/api/git.d.ts. The state is the one that the extension
 * keeps for its view anyway, so that reading it starts no process.
 */
export interface GitExports {
  readonly getAPI: (version: 1) => { readonly repositories: readonly GitRepository[] };
}

interface GitRepository {
  readonly state: Partial<Record<(typeof GROUPS)[number], readonly GitChange[]>>;
}

interface GitChange {
  readonly uri: Uri;
  /** Where a file that was renamed is now. */
  readonly renameUri?: Uri;
}

/** Later versions of the extension have the last one; before, new files are among the first. */
const GROUPS = ['workingTreeChanges', 'indexChanges', 'mergeChanges', 'untrackedChanges'] as const;

/**
 * The files that differ from the last commit, each once; none when they are too many. Throws when git is switched off.
 */
export function gitChanges(git: GitExports): readonly Uri[] {
  const changed = new Map<string, Uri>();
  for (const { state } of git.getAPI(1).repositories) {
    for (const group of GROUPS) {
      for (const { uri, renameUri = uri } of state[group] ?? []) changed.set(renameUri.toString(), renameUri);
    }
  }
  return changed.size > MAX ? [] : [...changed.values()];
}
