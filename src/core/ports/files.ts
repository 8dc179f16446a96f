export type EntryKind = 'file' | 'folder' | 'other';

export interface TreeEntry {
  readonly name: string;
  /** A symbolic link, a socket and the like are `other`. */
  readonly kind: EntryKind;
  readonly isLink: boolean;
}

export interface FileStat {
  /** Bytes. */
  readonly size: number;
  /**
   * When the content, or what the disk notes about it, last changed: milliseconds since the epoch, possibly fractional. Who
   * sets a file's time back, as `rsync -t` does, cannot set this back.
   */
  readonly modifiedMs: number;
}

/** Read-only access to one workspace folder. Nothing outside the folder is ever reachable through it. */
export interface FileTree {
  /** The folder's own absolute path with all links resolved, with `/`: where it lies says something of what it holds. */
  readonly place: string;
  /** Entries of a folder (`''` is the root), sorted by name in code-unit order. Throws when unreadable. */
  list(folder: string): Promise<readonly TreeEntry[]>;
  /** `undefined` when the path is not a regular file, for example because it is a link. */
  stat(path: string): Promise<FileStat | undefined>;
  /**
   * The bytes of a regular file, no more than `stat` says it has. Throws when it is gone or unreadable; a
   * `NotRegularFileError` when a link is on the way to it, also one that was put there meanwhile; and a
   * `FileTooLargeError`, having read nothing, when it has more than `maxBytes`.
   */
  read(path: string, maxBytes: number): Promise<Uint8Array>;
  /**
   * The file's or folder's path with all links resolved, so it equals `path` unless a link is on the way. Throws
   * when nothing is there or a link leads out of the folder.
   */
  realPath(path: string): Promise<string>;
}
