import type { FoundFile } from './folderWalk.ts';
import type { FileRecord } from '../ports/indexStore.ts';

/** What has to be done about the files that were looked at. */
export interface ChangePlan {
  /** New, of another size or time than recorded, or suspected; in path order. */
  readonly candidates: readonly FoundFile[];
  /** Recorded, looked for and not found. */
  readonly gone: readonly string[];
}

/**
 * `wasLookedAt` says of a recorded path whether it would have been found if it were still there, `isSuspected` whether a
 * file was said to have changed: two changes within one tick of a disk's clock leave the same time.
 */
export function planChanges(
  recorded: ReadonlyMap<string, FileRecord>,
  found: readonly FoundFile[],
  wasLookedAt: (path: string) => boolean,
  isSuspected: (path: string) => boolean = () => false,
): ChangePlan {
  const foundPaths = new Set(found.map((file) => file.path));
  const candidates = found.filter((file) => {
    if (isSuspected(file.path)) return true;
    const record = recorded.get(file.path);
    return record?.size !== file.size || record.modifiedMs !== file.modifiedMs;
  });
  const gone: string[] = [];
  for (const path of recorded.keys()) if (wasLookedAt(path) && !foundPaths.has(path)) gone.push(path);
  return { candidates, gone: gone.sort() };
}

/** Paths that are compared one by one sooner than looked up: a save must not cost much in a folder of many files. */
const FEW_PATHS = 4;

/** A test for the paths that `paths` (files or folders) name or contain. */
export function coveredBy(paths: readonly string[]): (path: string) => boolean {
  if (paths.length <= FEW_PATHS) {
    return (path) => paths.some((covering) => isWithin(path, covering));
  }
  const covering = new Set(paths);
  return (path) => {
    // From the path upwards: a burst of changes names thousands of paths.
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (covering.has(path.slice(0, end))) return true;
    }
    return false;
  };
}

function isWithin(path: string, covering: string): boolean {
  if (covering === '' || !path.startsWith(covering)) return false;
  return path.length === covering.length || path.charAt(covering.length) === '/';
}
