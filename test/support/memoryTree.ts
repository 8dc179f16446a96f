import { FileTooLargeError } from '../../src/core/errors/pathErrors.ts';
import type { FileStat, FileTree, TreeEntry } from '../../src/core/ports/files.ts';

interface MemoryFile {
  readonly bytes: Uint8Array;
  readonly modifiedMs: number;
}

/** A folder of files in memory. Every write gets a later modification time than all writes before it. */
export class MemoryTree implements FileTree {
  readonly #files = new Map<string, MemoryFile>();
  readonly #links = new Map<string, string>();
  readonly #special = new Set<string>();
  readonly #unreadable = new Set<string>();
  #lastModifiedMs = 0;

  place = '';

  /** Paths given to `read`, in order. */
  readonly reads: string[] = [];

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  write(path: string, content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.#files.set(path, { bytes, modifiedMs: ++this.#lastModifiedMs });
  }

  /** Changes the content so soon after the last time that the modification time stays the same. */
  writeWithinTick(path: string, text: string): void {
    const { modifiedMs = 0 } = this.#files.get(path) ?? {};
    this.#files.set(path, { bytes: new TextEncoder().encode(text), modifiedMs });
  }

  /** Changes the modification time only. */
  touch(path: string): void {
    const file = this.#files.get(path);
    if (file) this.write(path, file.bytes);
  }

  /** Removes a file, or a folder with all that is in it. */
  remove(path: string): void {
    for (const file of this.#files.keys()) if (isWithin(file, path)) this.#files.delete(file);
  }

  /** Makes `path` a symbolic link to another path of this tree. */
  link(path: string, target: string): void {
    this.#links.set(path, target);
  }

  /** Puts something there that is neither file, folder nor link, such as a socket. */
  special(path: string): void {
    this.#special.add(path);
  }

  /** From now on reading this file, or listing this folder, throws. */
  forbid(path: string): void {
    this.#unreadable.add(path);
  }

  list(folder: string): Promise<readonly TreeEntry[]> {
    if (this.#unreadable.has(folder)) return Promise.reject(new Error(`EACCES: ${folder}`));
    const prefix = folder === '' ? '' : `${folder}/`;
    const entries = new Map<string, TreeEntry>();
    for (const path of [...this.#files.keys(), ...this.#links.keys(), ...this.#special]) {
      if (!path.startsWith(prefix)) continue;
      const [name = '', ...rest] = path.slice(prefix.length).split('/');
      const isLink = this.#links.has(prefix + name);
      const kind = isLink || this.#special.has(prefix + name) ? 'other' : rest.length > 0 ? 'folder' : 'file';
      entries.set(name, { name, kind, isLink });
    }
    if (entries.size === 0 && folder !== '') return Promise.reject(new Error(`ENOENT: ${folder}`));
    return Promise.resolve([...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  stat(path: string): Promise<FileStat | undefined> {
    const file = this.#files.get(path);
    return Promise.resolve(file && { size: file.bytes.length, modifiedMs: file.modifiedMs });
  }

  read(path: string, maxBytes = Infinity): Promise<Uint8Array> {
    this.reads.push(path);
    if (this.#unreadable.has(path)) return Promise.reject(new Error(`EACCES: ${path}`));
    const file = this.#files.get(path);
    if (file && file.bytes.length > maxBytes) return Promise.reject(new FileTooLargeError(path, maxBytes));
    return file ? Promise.resolve(file.bytes) : Promise.reject(new Error(`ENOENT: ${path}`));
  }

  realPath(path: string): Promise<string> {
    for (const [link, target] of this.#links) {
      if (isWithin(path, link)) return Promise.resolve(target + path.slice(link.length));
    }
    const exists = path === '' || [...this.#files.keys()].some((file) => isWithin(file, path));
    return exists ? Promise.resolve(path) : Promise.reject(new Error(`ENOENT: ${path}`));
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
