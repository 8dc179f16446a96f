import type { Commit, History } from '../core/ports/history.ts';

/** Enough for more questions than anybody asks, and read in about a second. */
const MAX_COMMITS = 5_000;
/** A commit of more files is a sweep over everything. */
const MAX_PATHS = 40;

/** The newest commits of a workspace that change few files at a time. */
export async function readCommits(
  history: History | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly Commit[]> {
  const commits: Commit[] = [];
  if (!history) return commits;
  let seen = 0;
  for await (const commit of history.commits(signal)) {
    if (commit.paths.length <= MAX_PATHS) commits.push(commit);
    if (++seen >= MAX_COMMITS) break;
  }
  return commits;
}
