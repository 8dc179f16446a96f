import type { DocumentRef } from '../../protocol/engine.ts';

/**
 * How paths of several folders are shown in one list: the way the editor does, `<folder name>/<path>`; for a single folder
 * the path alone.
 */
export class FoldersOnScreen<F extends { readonly root: string }> {
  readonly #folders: readonly F[];
  readonly #prefixes: ReadonlyMap<string, string>;

  constructor(folders: readonly F[]) {
    this.#folders = folders;
    this.#prefixes = prefixByRoot(folders);
  }

  shown({ root, path }: DocumentRef): string {
    return `${this.#prefixes.get(root) ?? ''}${path}`;
  }

  /** Takes `shown` back; `undefined` when it is in none of the folders. */
  find(shown: string): { readonly folder: F; readonly path: string } | undefined {
    const folder = this.#folders.find(({ root }) => shown.startsWith(this.#prefixes.get(root) ?? ''));
    return folder && { folder, path: shown.slice(this.#prefixes.get(folder.root)?.length) };
  }
}

/** Root → what stands before its paths on screen: nothing for a single folder, else its unique name and `/`. */
function prefixByRoot(folders: readonly { readonly root: string }[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    folders.map(({ root }) => {
      if (folders.length === 1) return [root, ''] as const;
      const name = root.split(/[\\/]/).findLast((part) => part !== '') ?? 'root';
      let prefix = `${name}/`;
      for (let n = 2; taken.has(prefix); n++) prefix = `${name} (${n})/`;
      taken.add(prefix);
      return [root, prefix] as const;
    }),
  );
}
