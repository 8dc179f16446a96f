import { parseArgs } from 'node:util';
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
  readonly cases?: string;
  readonly file?: string;
  readonly offset?: number;
  /** `index` only: forget what is stored first. */
  readonly fromScratch: boolean;
}

const OPTIONS = {
  json: { type: 'boolean' },
  store: { type: 'string' },
  'no-index': { type: 'boolean' },
  'from-scratch': { type: 'boolean' },
  verbose: { type: 'boolean' },
  model: { type: 'string' },
  k: { type: 'string', short: 'k' },
  queries: { type: 'string' },
  cases: { type: 'string' },
  file: { type: 'string' },
  offset: { type: 'string' },
} as const;

/** Throws `UsageError` for unknown options and values that make no sense. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  if (values.model !== undefined && values.model !== 'built-in') {
    throw new UsageError(`Unknown model '${values.model}'. This version has the built-in models only.`);
  }
  const offset = wholeNumber('--offset', values.offset, 0);
  return {
    positionals,
    json: values.json ?? false,
    index: !(values['no-index'] ?? false),
    verbose: values.verbose ?? false,
    count: wholeNumber('-k', values.k, 1) ?? 10,
    fromScratch: values['from-scratch'] ?? false,
    ...(values.store !== undefined && { store: values.store }),
    ...(values.queries !== undefined && { queries: values.queries }),
    ...(values.cases !== undefined && { cases: values.cases }),
    ...(values.file !== undefined && { file: values.file }),
    ...(offset !== undefined && { offset }),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`${name} takes a whole number of at least ${least}, not '${text}'.`);
  }
  return value;
}
