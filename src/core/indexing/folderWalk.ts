import type { FileStat, FileTree, TreeEntry } from '../ports.ts';
import { RULE_FILES, type IgnoreRules, type RuleFile } from './ignoreRules.ts';
import type { SkippedFile, SkipReason } from './records.ts';
import { skipByName } from './skipByName.ts';

/** A file worth reading, judged by its place, name and size. */
export interface FoundFile extends FileStat {
  readonly path: string;
}

export interface WalkOptions {
  /** Files of more bytes are skipped. */
  readonly maxBytes: number;
  /** Called with the number of files found so far whenever it has grown. */
  readonly onFound: (count: number) => void;
  readonly signal: AbortSignal | undefined;
}

const GIT_FOLDER = '.git';

/** Collects what is worth reading, and says of everything else why not. */
export class FolderWalk {
  readonly files: FoundFile[] = [];
  readonly skipped: SkippedFile[] = [];
  readonly #tree: FileTree;
  readonly #options: WalkOptions;

  constructor(tree: FileTree, options: WalkOptions) {
    this.#tree = tree;
    this.#options = options;
  }

  /**
   * Looks at all that is in `folder`; `above` are the rules of the folders around it. Links are not followed: what a
   * link inside the workspace leads to is found under its own path, and what lies outside does not belong to it.
   */
  async visit(folder: string, above: IgnoreRules): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const entries = await this.#list(folder);
    if (entries === undefined) return;
    const rules = await this.rulesIn(folder, above, new Set(entries.map((entry) => entry.name)));
    const folders: string[] = [];
    const files: string[] = [];
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const reason = skipByPlace(path, entry, rules);
      if (reason !== undefined) this.skip(path, reason, entry.kind);
      else if (entry.kind === 'folder') folders.push(path);
      else if (entry.kind === 'file') files.push(path);
    }
    await Promise.all(files.map((path) => this.#consider(path)));
    if (files.length > 0) this.#options.onFound(this.files.length);
    await Promise.all(folders.map((path) => this.visit(path, rules)));
  }

  /** Looks at one file or folder; `above` are the rules of the folder that it lies in. */
  async visitEntry(path: string, kind: 'file' | 'folder', above: IgnoreRules): Promise<void> {
    const reason = skipByPlace(path, { kind, isLink: false }, above);
    if (reason !== undefined) this.skip(path, reason, kind);
    else if (kind === 'file') await this.#consider(path);
    else await this.visit(path, above);
  }

  /** The rules inside `folder`, given those above it and the names of the files in it. */
  async rulesIn(folder: string, above: IgnoreRules, names: ReadonlySet<string>): Promise<IgnoreRules> {
    const texts: Partial<Record<RuleFile, string>> = {};
    for (const name of RULE_FILES) {
      if (!names.has(name)) continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      try {
        texts[name] = new TextDecoder().decode(await this.#tree.read(path));
      } catch {
        this.skip(path, 'unreadable', 'file');
      }
    }
    return above.within(folder, texts);
  }

  skip(path: string, reason: SkipReason, kind: TreeEntry['kind']): void {
    this.skipped.push({ path: kind === 'folder' ? `${path}/` : path, reason });
  }

  async #list(folder: string): Promise<readonly TreeEntry[] | undefined> {
    try {
      return await this.#tree.list(folder);
    } catch (error) {
      if (folder === '') throw error;
      this.skip(folder, 'unreadable', 'folder');
      return undefined;
    }
  }

  async #consider(path: string): Promise<void> {
    const stat = await this.#tree.stat(path);
    if (stat === undefined) this.skip(path, 'unreadable', 'file');
    else if (stat.size > this.#options.maxBytes) this.skip(path, 'too large', 'file');
    else this.files.push({ path, size: stat.size, modifiedMs: stat.modifiedMs });
  }
}

/** Why an entry is skipped for where it lies and what it is called; `undefined` when it is not. */
export function skipByPlace(
  path: string,
  { kind, isLink }: Omit<TreeEntry, 'name'>,
  rules: IgnoreRules,
): SkipReason | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === GIT_FOLDER || rules.ignores(kind === 'folder' ? `${path}/` : path)) return 'ignored';
  if (isLink) return 'link';
  return kind === 'file' ? skipByName(name) : undefined;
}
