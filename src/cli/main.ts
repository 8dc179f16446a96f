/** Entry point of the headless CLI. Exit codes: 0 ok, 1 failed, 2 usage error, 130 cancelled. */
import { BaselineUnusableError } from '../core/errors/evaluationErrors.ts';
import { isAbortError, TouchstoneError } from '../core/errors/touchstoneError.ts';
import { BUILT_IN } from '../core/models/modelChoice.ts';
import { type Command, parseArguments } from './arguments.ts';
import { createOutput } from './output.ts';
import { printable } from './printable.ts';
import { UsageError } from './usageError.ts';

const USAGE = `Touchstone: code search, completion and answers from a folder's own code.

touchstone index    <folder> [--from-scratch] [--json]
touchstone search   <folder> "<query>" [-k 10] [--json]
touchstone search   <folder> --queries q.jsonl            lines of {id, query}
touchstone complete <folder> --file F --offset N [--json]
touchstone complete <folder> --cases c.jsonl              lines of {id, file, offset, content?}; exit code 1 if some
                                                          make no sense: their lines have an error
touchstone ask      <folder> "<question>" [--model provider:M] [--base-url U [--plain-http]] [--json]
touchstone eval     <folder> [--suite retrieval|completion|chat|all] [--cases N] [--seed S] [--fresh]
                             [--report out.html] [--junit out.xml] [--json]
touchstone eval     <folder> --suite chat --model … [--runs N] [--parallel N] [--cache record|require|off] [--recordings F]
                             [--prompt chat.answer@N]
touchstone eval     <folder> --baseline B.json [--ci|--update-baseline]
touchstone feedback <folder> [--ledger F] [--json]        what became of suggestions and answers in the editor
touchstone bench    retrieval|complete|search|index|chunk <folder> [--cases N] [--seed S] [--json]
touchstone bench    retrieval --documents D --queries Q [--ablation] [--json]
touchstone bench    complete <folder> --older <folder> [--json]
touchstone bench    first-index|start|save|load <folder> --store D [--seed S] [--json]     save changes files and puts
                                                          them back
touchstone bench    ablation <folder>… [--cases N] [--seed S] [--json]
touchstone bench    typing <folder>… [--cases N] [--seed S] [--json]    keys saved where somebody types what is hidden
touchstone bench    gate <folder>… [--cases N] [--seed S] [--json]    fits what is shown of completions to typing
touchstone bench    scale <folder>… [--chunks 1000,10000,100000|all] [--seed S] [--json]
touchstone bench    peers <folder>… --chunks N|all --store D [--seed S] [--json]    leaves in D what other stores are to
                                                          be given, and what it measured there
touchstone bench    ask <folder> --queries Q --store D [--json]    questions that peers has left
touchstone bench    questions <folder> --queries Q --repos R [--ablation] [--fit] [--json]    a folder of checkouts, and what to ask them
touchstone bench    vectors [--items N] [--dims D] [--seed S] [--json]

Every command takes --store <dir> (default: your cache directory) and --verbose (log to stderr); all but index and feedback
take --no-index (use the store as it is, also where it cannot be written). A provider is openai, anthropic, gemini, cohere or compatible; its key comes from OPENAI_API_KEY,
ANTHROPIC_API_KEY, GEMINI_API_KEY, COHERE_API_KEY or TOUCHSTONE_API_KEY. In plain http a key leaves this machine only
with --plain-http: others on the network could read it.
Lines are 1-based and inclusive, offsets are UTF-16 units. Exit codes: 0 ok, 1 failed, 2 usage error, 130 cancelled.`;

/** Loaded when it is run: a search needs nothing of an evaluation, and what is not evaluated costs no time. */
const COMMANDS = new Map<string, () => Promise<Command>>([
  ['index', async () => (await import('./commands/indexCommand.ts')).indexCommand],
  ['search', async () => (await import('./commands/searchCommand.ts')).searchCommand],
  ['complete', async () => (await import('./commands/completeCommand.ts')).completeCommand],
  ['ask', async () => (await import('./commands/askCommand.ts')).askCommand],
  ['eval', async () => (await import('./commands/evalCommand.ts')).evalCommand],
  ['feedback', async () => (await import('./commands/feedbackCommand.ts')).feedbackCommand],
  ['bench', async () => (await import('../bench/benchCommand.ts')).benchCommand],
]);

const EXIT = { ok: 0, failed: 1, usage: 2, cancelled: 130 } as const;

/** What is cancelled ends in a fraction of that, unless the system does not come back from a file. */
const GRACE_MS = 5_000;

async function run(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(`${USAGE}\n`);
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  const cancel = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      cancel.abort();
      // Does not keep the process: a file that is waited for does. What is stored is written whole or not at all.
      setTimeout(() => {
        endNow(cancel.signal.reason);
      }, GRACE_MS).unref();
    });
  }
  try {
    const load = COMMANDS.get(name);
    if (!load) throw new UsageError(`Unknown command '${name}'. Run 'touchstone help'.`);
    const args = parseArguments(name, rest);
    if (!['ask', 'eval'].includes(name) && (args.model ?? BUILT_IN) !== BUILT_IN) {
      throw new UsageError(`Only ask and eval take a language model; ${name} works with the built-in ones.`);
    }
    refuseFurther(name, args.positionals);
    const command = await load();
    await command(args, createOutput(args.json, process.stdout, process.stderr), cancel.signal);
    return EXIT.ok;
  } catch (error) {
    return report(error);
  }
}

/** `process.exit` would wait for the file as well. To a shell, who is ended like this has the exit code 130. */
function endNow(reason: unknown): void {
  report(reason);
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}

/** What a command would ignore, a person wants to hear of: a second folder, say. Search and ask say it in their own words. */
function refuseFurther(name: string, [, second]: readonly string[]): void {
  if (second === undefined || !['index', 'complete', 'eval', 'feedback'].includes(name)) return;
  throw new UsageError(`${name} takes one folder; '${second}' is too much.`);
}

function report(error: unknown): number {
  if (isAbortError(error)) {
    process.stderr.write('Cancelled. What is finished is kept; the same command goes on from there.\n');
    return EXIT.cancelled;
  }
  if (error instanceof UsageError || error instanceof BaselineUnusableError) {
    complain(error.message);
    return EXIT.usage;
  }
  const known = error instanceof TouchstoneError;
  const text = error instanceof Error ? ((known ? undefined : error.stack) ?? error.message) : String(error);
  complain(text);
  return EXIT.failed;
}

/** What begins a line is ours: in what is quoted, lines are indented. */
function complain(text: string): void {
  process.stderr.write(`${printable(text).replaceAll('\n', '\n  ')}\n`);
}

// Node and libraries quote in warnings what they read, and Node would write that to the terminal as it is.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  complain(`${warning.name}: ${warning.message}`);
});
process.on('uncaughtException', (error: unknown) => {
  process.exit(report(error));
});
process.stderr.on('error', () => {
  // Nobody reads the remarks any more: the results are still wanted.
});
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe went away (`| head`): nothing more to say, and not our failure.
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  process.stderr.write(`The output cannot be written: ${error.message}\n`);
  process.exit(EXIT.failed);
});
void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
