/** A change of the workspace that somebody recorded. */
export interface Commit {
  /** The same for the same change everywhere; letters and digits. */
  readonly id: string;
  readonly author: string;
  /** First line of what the author says about it. */
  readonly subject: string;
  /** Files of the workspace folder that it added or changed, sorted; those it deleted are left out. */
  readonly paths: readonly string[];
}

/** What version control knows of one workspace folder. */
export interface History {
  /**
   * Changes of a single earlier state, newest first, read as they are asked for: neither merges nor the first change,
   * nor the oldest of a history that is cut off. None when there is no version control or it fails; reading that takes
   * too long ends early. Ending the iteration ends the reading. Throws only the signal's reason.
   */
  commits(signal?: AbortSignal): AsyncIterable<Commit>;
}
