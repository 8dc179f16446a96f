/** What decides where a folder's index lives; given by the host or the CLI, which both must find the same store. */
export interface StoreSurroundings {
  /** As `process.platform`. */
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the user's home directory. */
  readonly home: string;
  readonly sha256hex: (text: string) => string;
}

/** Identifies a folder by its canonical path (links resolved), so that every window and tool shares its store. */
export function workspaceId(realPath: string, sha256hex: (text: string) => string): string {
  return sha256hex(realPath).slice(0, 16);
}

/**
 * The absolute path of a folder's store: below the user's cache directory (XDG base directory specification on
 * Linux, `Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows), or below `TOUCHSTONE_STORE_ROOT` when that is set.
 */
export function storeDirectory(realPath: string, surroundings: StoreSurroundings): string {
  return inStoreRoot(workspaceId(realPath, surroundings.sha256hex), surroundings);
}

/** The absolute path of the database that keeps vectors of all folders, beside their stores. */
export function embeddingCacheFile(surroundings: StoreSurroundings): string {
  return inStoreRoot('embeddings.sqlite', surroundings);
}

function inStoreRoot(name: string, surroundings: StoreSurroundings): string {
  const join = surroundings.platform === 'win32' ? joinWindows : joinPosix;
  const root =
    absolute(surroundings, 'TOUCHSTONE_STORE_ROOT') ?? join(cacheDirectory(surroundings), 'touchstone');
  return join(root, name);
}

function cacheDirectory(surroundings: StoreSurroundings): string {
  const { platform, home } = surroundings;
  switch (platform) {
    case 'win32':
      return absolute(surroundings, 'LOCALAPPDATA') ?? joinWindows(home, 'AppData', 'Local');
    case 'darwin':
      return joinPosix(home, 'Library', 'Caches');
    default:
      return absolute(surroundings, 'XDG_CACHE_HOME') ?? joinPosix(home, '.cache');
  }
}

/** The XDG specification says to ignore relative paths; a store that moves with the working directory helps nobody. */
function absolute({ platform, env }: StoreSurroundings, name: string): string | undefined {
  const value = env[name];
  const pattern = platform === 'win32' ? /^([A-Za-z]:)?[\\/]/ : /^\//;
  return value !== undefined && pattern.test(value) ? value : undefined;
}

const joinPosix = (first: string, ...rest: readonly string[]) =>
  [first.replace(/(?<!\/)\/+$/, ''), ...rest].join('/');

const joinWindows = (first: string, ...rest: readonly string[]) =>
  [first.replace(/(?<![\\/])[\\/]+$/, ''), ...rest].join('\\');
