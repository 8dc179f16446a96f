import { parseArgs } from 'node:util';
import { errorMessage } from '../core/errors/touchstoneError.ts';
import type { Output } from './output.ts';
import { takesOption } from './takesOption.ts';
import { UsageError } from './usageError.ts';

/** The parsed command line of one command. */
export interface Arguments {
  readonly positionals: readonly string[];
  readonly json: boolean;
  /** Store directory; the user's cache directory when absent. */
  readonly store?: string;
  /** False with `--no-index`: use the store as it is. */
  readonly index: boolean;
  readonly verbose: boolean;
  readonly count: number;
  readonly queries?: string;
  /** A file of cases, or for `eval` and `bench` their number. */
  readonly cases?: string;
  readonly file?: string;
  readonly offset?: number;
  /** `index` only: forget what is stored first. */
  readonly fromScratch: boolean;
  /** `feedback` only: the file that the editor's extension keeps its records in. */
  readonly ledger?: string;
  /** `ask` and `eval` only: `built-in` or `provider:model`, and where it is. */
  readonly model?: string;
  readonly baseUrl?: string;
  /** With `baseUrl`: it may be plain http, wherever it leads. */
  readonly plainHttp: boolean;
  /** `eval` only, as are all below. */
  readonly suite?: string;
  readonly seed?: number;
  /** How often each question is put to the language model, and how many cases at a time. */
  readonly runs?: string;
  readonly parallel?: string;
  /** The wording that the model is asked with, for example `chat.answer@1`. */
  readonly prompt?: string;
  /** Where the model's answers come from, and the file that holds them. */
  readonly cache?: string;
  readonly recordings?: string;
  /** Start over instead of going on where an evaluation was interrupted. */
  readonly fresh: boolean;
  readonly report?: string;
  readonly junit?: string;
  /** A file of scores to compare with. */
  readonly baseline?: string;
  /** Write that file instead of comparing. */
  readonly updateBaseline: boolean;
  /** Fail on everything that the baseline does not have, improvements included. */
  readonly ci: boolean;
  /** `bench retrieval` only: a file of documents that are cut already. */
  readonly documents?: string;
  /** With `documents` only: also measure the search with each of its parts left out. */
  readonly ablation: boolean;
  /** `bench questions` only. */
  readonly fit: boolean;
  /** `bench questions` only: a file that says what repositories there are. */
  readonly repos?: string;
  /** `bench complete` only: an older version of the folder. */
  readonly older?: string;
  /** `bench vectors` only: how many, and how long each. */
  readonly items?: string;
  readonly dims?: string;
  /** `bench scale` only: how many chunks, or `all`; several with commas between. */
  readonly chunks?: string;
}

const OPTIONS = {
  json: { type: 'boolean' },
  store: { type: 'string' },
  'no-index': { type: 'boolean' },
  'from-scratch': { type: 'boolean' },
  verbose: { type: 'boolean' },
  model: { type: 'string' },
  'base-url': { type: 'string' },
  'plain-http': { type: 'boolean' },
  ledger: { type: 'string' },
  k: { type: 'string', short: 'k' },
  queries: { type: 'string' },
  cases: { type: 'string' },
  file: { type: 'string' },
  offset: { type: 'string' },
  suite: { type: 'string' },
  seed: { type: 'string' },
  report: { type: 'string' },
  junit: { type: 'string' },
  documents: { type: 'string' },
  ablation: { type: 'boolean' },
  fit: { type: 'boolean' },
  older: { type: 'string' },
  repos: { type: 'string' },
  items: { type: 'string' },
  dims: { type: 'string' },
  chunks: { type: 'string' },
  runs: { type: 'string' },
  parallel: { type: 'string' },
  prompt: { type: 'string' },
  cache: { type: 'string' },
  recordings: { type: 'string' },
  fresh: { type: 'boolean' },
  baseline: { type: 'string' },
  'update-baseline': { type: 'boolean' },
  ci: { type: 'boolean' },
} as const;

/** Throws `UsageError` for options that the command does not take and values that make no sense. */
export function parseArguments(command: string, argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  for (const [name, value] of Object.entries(values)) {
    if (!takesOption(command, name)) throw new UsageError(`${command} does not take ${dashed(name)}.`);
    if (value === '') throw new UsageError(`${dashed(name)} needs a value, not ''.`);
  }
  const { store, queries, cases, file, model, documents, older, repos, items, dims, chunks } = values;
  const { ledger, suite, runs, parallel, prompt, cache, recordings, report, junit, baseline } = values;
  return {
    positionals,
    json: values.json ?? false,
    index: !(values['no-index'] ?? false),
    verbose: values.verbose ?? false,
    count: wholeNumber('-k', values.k, 1) ?? 10,
    fromScratch: values['from-scratch'] ?? false,
    updateBaseline: values['update-baseline'] ?? false,
    ci: values.ci ?? false,
    plainHttp: values['plain-http'] ?? false,
    fresh: values.fresh ?? false,
    ablation: values.ablation ?? false,
    fit: values.fit ?? false,
    ...whereGiven({ store, queries, cases, file, model, documents, older, repos, items, dims, chunks }),
    ...whereGiven({ ledger, suite, runs, parallel, prompt, cache, recordings, report, junit, baseline }),
    ...whereGiven({
      baseUrl: values['base-url'],
      offset: wholeNumber('--offset', values.offset, 0),
      seed: wholeNumber('--seed', values.seed, 0),
    }),
  };
}

type Given<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> };

/** The same options without those that were not given: absent and `undefined` are two things to the compiler. */
function whereGiven<T extends object>(options: T): Given<T> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Given<T>;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(errorMessage(error), { cause: error });
  }
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

/** The number an option gives, `undefined` when it is not given; throws `UsageError` for anything else. */
export function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`${name} takes a whole number of at least ${least}, not '${text}'.`);
  }
  return value;
}

/** Runs one command to its end; throws `UsageError` for bad input and the signal's reason when cancelled. */
export type Command = (args: Arguments, output: Output, signal: AbortSignal) => Promise<void>;
