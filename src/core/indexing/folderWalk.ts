import { FileTooLargeError } from '../errors/pathErrors.ts';
import type { FileStat, FileTree, TreeEntry } from '../ports/files.ts';
import { createTimeSlice } from '../async/timeSlice.ts';
import { isSecretPath } from '../secrets/isSecretPath.ts';
import { countRules, MAX_RULE_BYTES, MAX_RULES } from '../shared/ruleLimits.ts';
import { RULE_FILES, type IgnoreRules, type RuleFile } from './ignoreRules.ts';
import type { SkippedFile, SkipReason } from '../ports/indexStore.ts';
import { readAhead } from './readAhead.ts';
import { skipByName } from './skipByName.ts';

/** A file worth reading, judged by its place, name and size. */
export interface FoundFile extends FileStat {
  readonly path: string;
  /** A `.touchstoneignore` file takes it back by `!`: no guess by name or text leaves it out. */
  readonly isWanted?: boolean;
}

export interface WalkOptions {
  /** Files of more bytes are skipped. */
  readonly maxBytes: number;
  /** Files that are left out as they are, whatever the rules say. */
  readonly isSetAside: (file: FoundFile) => boolean;
  /** Called with the number of files found so far whenever it has grown. */
  readonly onFound: (count: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** Folders one in the other: no project has more, and each costs as many steps as it is deep. */
export const MAX_DEPTH = 128;

/** Git's own folder, or the file that stands for it: part of no project, so it is not even counted as left out. */
export const GIT_FOLDER = '.git';

/** Requests of the disk under way at a time: each takes memory, so not one for every file of a folder. */
const FOLDERS_AT_A_TIME = 8;
const FILES_AT_A_TIME = 16;

interface Folder {
  readonly path: string;
  /** The rules of the folders around it. */
  readonly above: IgnoreRules;
}

/** Collects what is worth reading, and says of everything else why not. */
export class FolderWalk {
  readonly files: FoundFile[] = [];
  readonly skipped: SkippedFile[] = [];
  readonly #tree: FileTree;
  readonly #options: WalkOptions;
  /** Rules are tried on every entry: others on this thread get their turn in between, and whoever cancels. */
  readonly #pace: () => Promise<void>;

  constructor(tree: FileTree, options: WalkOptions) {
    this.#tree = tree;
    this.#options = options;
    this.#pace = createTimeSlice(options.signal);
  }

  /**
   * Looks at all that is in `folder`; `above` are the rules of the folders around it. Links are not followed: what a
   * link inside the workspace leads to is found under its own path, and what lies outside does not belong to it.
   */
  async visit(folder: string, above: IgnoreRules): Promise<void> {
    let level: readonly Folder[] = [{ path: folder, above }];
    while (level.length > 0) {
      const next: Folder[] = [];
      for await (const [, inside] of readAhead(level, FOLDERS_AT_A_TIME, (each) => this.#visitOne(each))) {
        for (const each of inside) next.push(each);
      }
      level = next;
    }
  }

  /** The folders in it that are to be visited. */
  async #visitOne({ path: folder, above }: Folder): Promise<readonly Folder[]> {
    this.#options.signal?.throwIfAborted();
    if (isTooDeep(folder)) {
      this.skip(folder, 'too deep', 'folder');
      return [];
    }
    const entries = await this.#list(folder);
    if (entries === undefined) return [];
    const names = new Set(entries.map((entry) => entry.name));
    const rules = await this.rulesIn(folder, above, ruleNames(entries));
    if (rules === undefined) return [];
    const folders: Folder[] = [];
    const files: string[] = [];
    for (const entry of entries) {
      if (entry.name === GIT_FOLDER) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      await this.#pace();
      const reason = this.skipByPlace(path, entry, rules, names);
      if (reason !== undefined) this.skip(path, reason, entry.kind);
      else if (entry.kind === 'folder') folders.push({ path, above: rules });
      else files.push(path);
    }
    const considering = readAhead(files, FILES_AT_A_TIME, (path) => this.#consider(path, rules));
    while ((await considering.next()).done !== true) await this.#pace();
    if (files.length > 0) this.#options.onFound(this.files.length);
    return folders;
  }

  /** Looks at one file or folder; `above` are the rules of the folder that it lies in. */
  async visitEntry(path: string, kind: 'file' | 'folder', above: IgnoreRules): Promise<void> {
    const siblings = kind === 'file' && above.needsSiblings ? await this.#namesBeside(path) : undefined;
    const reason = this.skipByPlace(path, { kind, isLink: false }, above, siblings);
    if (reason !== undefined) this.skip(path, reason, kind);
    else if (kind === 'file') await this.#consider(path, above);
    else await this.visit(path, above);
  }

  /**
   * The rules inside `folder`, given those above it and the names of the rule files in it. `undefined` when one of them
   * cannot be read or is larger than any that people write: what it would have left out is not known, so the whole folder
   * is left out.
   */
  async rulesIn(
    folder: string,
    above: IgnoreRules,
    names: ReadonlySet<string>,
  ): Promise<IgnoreRules | undefined> {
    const around = folder !== '' && names.has(GIT_FOLDER) ? await this.#inRepository(folder, above) : above;
    if (around === undefined) return undefined;
    const texts: Partial<Record<RuleFile, string>> = {};
    for (const name of RULE_FILES) {
      if (!names.has(name)) continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      try {
        texts[name] = new TextDecoder().decode(await this.#tree.read(path, MAX_RULE_BYTES));
      } catch (error) {
        const isTooLarge = error instanceof FileTooLargeError;
        this.#leaveOut(folder, path, isTooLarge ? 'too many rules' : 'unreadable');
        return undefined;
      }
      const count = Object.values(texts).reduce((sum, text) => sum + countRules(text), around.count);
      if (count > MAX_RULES) {
        this.#leaveOut(folder, path, 'too many rules');
        return undefined;
      }
    }
    return around.within(folder, texts);
  }

  async #inRepository(folder: string, above: IgnoreRules): Promise<IgnoreRules | undefined> {
    try {
      const { rules, unread } = await above.inNestedRepository(folder);
      for (const skipped of unread) this.skipped.push(skipped);
      return rules;
    } catch {
      this.skip(folder, 'too many rules', 'folder');
      return undefined;
    }
  }

  #leaveOut(folder: string, ruleFile: string, reason: SkipReason): void {
    this.skip(ruleFile, reason, 'file');
    if (folder !== '') this.skip(folder, reason, 'folder');
  }

  /** Why an entry is skipped for where it lies and what it is called; `undefined` when it is not. */
  skipByPlace(
    path: string,
    { kind, isLink }: Omit<TreeEntry, 'name'>,
    rules: IgnoreRules,
    siblings?: ReadonlySet<string>,
  ): SkipReason | undefined {
    const whole = kind === 'folder' ? `${path}/` : path;
    if (rules.ignores(whole, siblings)) return 'ignored';
    if (isSecretPath(whole, this.#tree.place)) return 'secret';
    if (isLink) return 'link';
    if (kind === 'other') return 'special';
    if (kind !== 'file') return undefined;
    const guess = skipByName(path.slice(path.lastIndexOf('/') + 1));
    return guess !== undefined && rules.wants(path) ? undefined : guess;
  }

  skip(path: string, reason: SkipReason, kind: TreeEntry['kind']): void {
    this.skipped.push({ path: kind === 'folder' ? `${path}/` : path, reason });
  }

  async #namesBeside(path: string): Promise<ReadonlySet<string>> {
    const entries = await this.#list(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
    return new Set(entries?.map((entry) => entry.name));
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

  async #consider(path: string, rules: IgnoreRules): Promise<void> {
    const stat = await this.#tree.stat(path);
    if (stat === undefined) {
      this.skip(path, 'unreadable', 'file');
      return;
    }
    const { size, modifiedMs } = stat;
    const file = { path, size, modifiedMs, ...(rules.wants(path) && { isWanted: true }) };
    if (stat.size > this.#options.maxBytes) this.skip(path, 'too large', 'file');
    else if (this.#options.isSetAside(file)) this.skip(path, 'set aside', 'file');
    else this.files.push(file);
  }
}

/** Whether files in this folder lie too deep; counts no further than that. */
export function isTooDeep(folder: string): boolean {
  let depth = 1;
  for (let at = folder.indexOf('/'); at >= 0 && depth <= MAX_DEPTH; at = folder.indexOf('/', at + 1)) depth++;
  return depth > MAX_DEPTH;
}

/** Names that say something about the rules in a folder. Like git, a rule file that is a link is not followed. */
function ruleNames(entries: readonly TreeEntry[]): ReadonlySet<string> {
  return new Set(
    entries.filter(({ name, kind }) => kind === 'file' || name === GIT_FOLDER).map(({ name }) => name),
  );
}
