import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { FileTooLargeError, TooManyRulesError } from '../../core/errors/pathErrors.ts';
import { countRules, MAX_RULE_BYTES, MAX_RULES } from '../../core/shared/ruleLimits.ts';
import { readRegularFile } from '../durable/regularFile.ts';
import type { GitRules } from '../../core/indexing/outerRules.ts';
import type { RuleSource } from '../../core/indexing/ruleLayer.ts';
import { excludesFileOf } from './gitConfig.ts';

export interface GitRulesOptions {
  /** Defaults to this process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
}

/**
 * What git would leave out of `root`, an absolute real path, for reasons that lie outside it: `.git/info/exclude`, the
 * `.gitignore` files of the folders around it up to the top of the repository, and `core.excludesFile`, as set in the
 * repository, in `~/.gitconfig` or in `$XDG_CONFIG_HOME/git/config`, or in its usual place. Not followed are the system's
 * configuration, `include`, worktrees' own configuration and `GIT_CONFIG_*`. `undefined` outside any repository.
 * Rejects with a `FileTooLargeError` or a `TooManyRulesError` for more than anybody writes: what it leaves out is not read.
 */
export async function readGitRules(
  root: string,
  options: GitRulesOptions = {},
): Promise<GitRules | undefined> {
  const { env = process.env, home = homedir() } = options;
  const repository = await findRepository(root);
  if (repository === undefined) return undefined;
  const { top, gitFolder } = repository;
  const place = relative(top, root).split(sep).join('/');
  const exclude = await readSource(join(gitFolder, 'info', 'exclude'), '');
  const everywhere = await readGlobal(gitFolder, env, home);
  const rules = [...exclude, ...(await rulesAround(top, place))];
  assertFew(root, [...everywhere, ...rules.map(({ text }) => text)]);
  return { place, everywhere, repository: rules };
}

interface Repository {
  readonly top: string;
  /** Where `info` and `config` are. */
  readonly gitFolder: string;
}

async function findRepository(from: string): Promise<Repository | undefined> {
  for (let top = from; ; top = dirname(top)) {
    const gitFolder = await gitFolderOf(join(top, '.git'));
    if (gitFolder !== undefined) return { top, gitFolder };
    if (dirname(top) === top) return undefined;
  }
}

/** Follows the file that stands for the folder in submodules and worktrees: gitrepository-layout(5). */
async function gitFolderOf(path: string): Promise<string | undefined> {
  if ((await readText(join(path, 'HEAD'))) !== undefined) return path;
  const link = (await readText(path))?.match(/^gitdir: (.+)$/m)?.[1];
  if (link === undefined) return undefined;
  const folder = resolve(dirname(path), link);
  const common = (await readText(join(folder, 'commondir')))?.trim();
  return common === undefined ? folder : resolve(folder, common);
}

async function rulesAround(top: string, place: string): Promise<readonly RuleSource[]> {
  const sources: RuleSource[] = [];
  const names = place === '' ? [] : place.split('/');
  for (let depth = 0; depth < names.length; depth++) {
    const folder = names.slice(0, depth).join('/');
    for (const source of await readSource(join(top, folder, '.gitignore'), folder)) sources.push(source);
  }
  return sources;
}

async function readGlobal(
  gitFolder: string,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): Promise<readonly string[]> {
  const xdg = join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'git');
  const configs = [join(gitFolder, 'config'), join(home, '.gitconfig'), join(xdg, 'config')];
  for (const config of configs) {
    const named = excludesFileOf((await readText(config)) ?? '');
    if (named === undefined) continue;
    const path = named.replace(/^~(?=\/|$)/, () => home);
    return readRules(isAbsolute(path) ? path : join(dirname(gitFolder), path));
  }
  return readRules(join(xdg, 'ignore'));
}

async function readSource(path: string, folder: string): Promise<readonly RuleSource[]> {
  return (await readRules(path)).map((text) => ({ folder, text }));
}

/**
 * The text of a file that git would read; `undefined` for what cannot be read or is no regular file: git's configuration may
 * name a device or a pipe. Throws a `FileTooLargeError` for what is too large: the rules in it are meant to hold.
 */
async function readText(path: string): Promise<string | undefined> {
  try {
    const bytes = await readRegularFile(path, { maxBytes: MAX_RULE_BYTES, followsLink: true });
    return bytes.toString();
  } catch (error) {
    if (error instanceof FileTooLargeError) throw error;
    return undefined;
  }
}

/** The text of a file of rules, if it can be read. */
async function readRules(path: string): Promise<readonly string[]> {
  const text = await readText(path);
  return text === undefined ? [] : [text];
}

function assertFew(root: string, texts: readonly string[]): void {
  const count = texts.reduce((sum, text) => sum + countRules(text), 0);
  if (count > MAX_RULES) throw new TooManyRulesError(root, MAX_RULES);
}
