import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { FileTooLargeError, TooManyRulesError } from '../../core/errors/pathErrors.ts';
import { countRules, MAX_RULE_BYTES, MAX_RULES } from '../../core/shared/ruleLimits.ts';
import { readRegularFile } from '../durable/regularFile.ts';
import type { GitRules, RepositoryRules } from '../../core/indexing/outerRules.ts';
import type { RuleSource } from '../../core/indexing/ruleLayer.ts';
import { configValues, isTrue } from './gitConfig.ts';
import { GitIndexes, type IndexPlace } from './gitIndexes.ts';

export interface GitRulesOptions {
  /** Defaults to this process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
  /** Spares reading again what is tracked where that has not changed. */
  readonly indexes?: GitIndexes;
}

/**
 * What git would leave out of `root`, an absolute real path, for reasons that lie outside it: `.git/info/exclude`, the
 * `.gitignore` files of the folders around it up to the top of the repository, and `core.excludesFile`, as set in the
 * repository, in `~/.gitconfig` or in `$XDG_CONFIG_HOME/git/config`, or in its usual place; and what git tracks all the same,
 * as its index says. Not followed are the system's configuration, `include` and `GIT_CONFIG_*`. Of a folder in no
 * repository: nothing but what those inside say. Rejects with a `FileTooLargeError` or a `TooManyRulesError` for more rules
 * than anybody writes: what they leave out is not known.
 */
export async function readGitRules(root: string, options: GitRulesOptions = {}): Promise<GitRules> {
  const { env = process.env, home = homedir(), indexes = new GitIndexes() } = options;
  const context = { root, env, home, indexes };
  const nested = async (folder: string) => {
    const top = join(root, folder);
    const inside = await repositoryAt(top);
    return inside && readRepository(inside, '', (path) => `${folder}/${path}`, context);
  };
  const around = await findRepository(root);
  if (around === undefined) return { place: '', everywhere: [], repository: [], nested };
  const place = relative(around.top, root).split(sep).join('/');
  const inFolder = (path: string) => {
    if (place === '') return path;
    return path.startsWith(`${place}/`) ? path.slice(place.length + 1) : undefined;
  };
  return { place, ...(await readRepository(around, place, inFolder, context)), nested };
}

interface Context extends Required<GitRulesOptions> {
  readonly root: string;
}

/** What a repository says of the folder at `place` in it; `inFolder` as in an `IndexPlace`. */
async function readRepository(
  repository: Repository,
  place: string,
  inFolder: IndexPlace['inFolder'],
  { root, env, home, indexes }: Context,
): Promise<RepositoryRules> {
  const { top, gitFolder, commonFolder } = repository;
  const configs = await readConfigs(repository, env, home);
  const exclude = await readSource(join(commonFolder, 'info', 'exclude'), '');
  const everywhere = await readEverywhere(configs, top, env, home);
  const rules = [...exclude, ...(await rulesAround(top, place))];
  assertFew(top, [...everywhere, ...rules.map(({ text }) => text)]);
  const ignoresCase = isTrue(lastValue([...configs.ofUser, ...configs.own], 'core', 'ignorecase'));
  const isSha256 = lastValue(configs.own, 'extensions', 'objectformat')?.toLowerCase() === 'sha256';
  const reading = await indexes.read({ gitFolder, hashBytes: isSha256 ? 32 : 20, ignoresCase, inFolder });
  const said = { everywhere, repository: rules, ignoresCase };
  if (reading.tracked) return { ...said, tracked: reading.tracked };
  const index = relative(root, join(gitFolder, 'index')).split(sep).join('/');
  return { ...said, unread: [{ path: index, reason: reading.reason }] };
}

interface Repository {
  readonly top: string;
  /** Where the index is. */
  readonly gitFolder: string;
  /** Where `info` and `config` are: another folder for worktrees. */
  readonly commonFolder: string;
}

async function findRepository(from: string): Promise<Repository | undefined> {
  for (let top = from; ; top = dirname(top)) {
    const repository = await repositoryAt(top);
    if (repository !== undefined) return repository;
    if (dirname(top) === top) return undefined;
  }
}

/** Follows the file that stands for the folder in submodules and worktrees: gitrepository-layout(5). */
async function repositoryAt(top: string): Promise<Repository | undefined> {
  const path = join(top, '.git');
  if ((await readText(join(path, 'HEAD'))) !== undefined) return { top, gitFolder: path, commonFolder: path };
  const link = (await readText(path))?.match(/^gitdir: (.+)$/m)?.[1];
  if (link === undefined) return undefined;
  const gitFolder = resolve(top, link);
  const common = (await readText(join(gitFolder, 'commondir')))?.trim();
  return { top, gitFolder, commonFolder: common === undefined ? gitFolder : resolve(gitFolder, common) };
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

/** Texts of configuration files, the strongest last. */
interface Configs {
  readonly ofUser: readonly string[];
  readonly own: readonly string[];
}

async function readConfigs(
  { gitFolder, commonFolder }: Repository,
  env: Context['env'],
  home: string,
): Promise<Configs> {
  const own = (await readText(join(commonFolder, 'config'))) ?? '';
  const hasMore = isTrue(lastValue([own], 'extensions', 'worktreeconfig'));
  const more = hasMore ? ((await readText(join(gitFolder, 'config.worktree'))) ?? '') : '';
  const ofUser = [join(userFolder(env, home), 'config'), join(home, '.gitconfig')];
  return {
    ofUser: await Promise.all(ofUser.map(async (path) => (await readText(path)) ?? '')),
    own: [own, more],
  };
}

function lastValue(configs: readonly string[], section: string, name: string): string | undefined {
  return configs.flatMap((config) => configValues(config, section, name)).at(-1);
}

function userFolder(env: Context['env'], home: string): string {
  return join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'git');
}

async function readEverywhere(
  { ofUser, own }: Configs,
  top: string,
  env: Context['env'],
  home: string,
): Promise<readonly string[]> {
  const named = lastValue([...ofUser, ...own], 'core', 'excludesfile');
  if (named === undefined) return readRules(join(userFolder(env, home), 'ignore'));
  return readRules(
    resolve(
      top,
      named.replace(/^~(?=\/|$)/, () => home),
    ),
  );
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
