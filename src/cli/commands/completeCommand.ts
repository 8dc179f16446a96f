import { isAbsolute, relative, resolve, sep } from 'node:path';
import { BadCasesError } from '../badCasesError.ts';
import type { CompletionRequest, CompletionSource, Proposal } from '../../core/ports/completionSource.ts';
import type { Command } from '../arguments.ts';
import type { CompletionCase } from '../batchFiles.ts';
import type { Output } from '../output.ts';
import { openSession, type Session } from '../session.ts';
import { UsageError } from '../usageError.ts';

/** `touchstone complete <folder> --file F --offset N`, or a batch with `--cases`. */
export const completeCommand: Command = async (args, output, signal) => {
  const single = args.file !== undefined && args.offset !== undefined;
  if (single === (args.cases !== undefined)) {
    throw new UsageError('Give either --file <path> and --offset <n>, or --cases <file.jsonl>.');
  }
  const batch = args.cases === undefined ? [] : await readBatch(args.cases);
  const session = await openSession(args, output, signal);
  try {
    if (args.file !== undefined && args.offset !== undefined) {
      const result = await complete(session, { file: args.file, offset: args.offset });
      if (output.json) output.value(result);
      else if (result.text !== null) output.line(result.text);
      else output.note('No suggestion here.');
    }
    if (args.cases !== undefined) await completeAll(session, batch, output, signal);
  } finally {
    await session.close();
  }
};

/** Every case gets its line, one that makes no sense an `error`; throws `BadCasesError` in the end if there are such. */
async function completeAll(
  session: Session,
  batch: readonly CompletionCase[],
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  let bad = 0;
  for (const { id, ...each } of batch) {
    signal.throwIfAborted();
    const result = await complete(session, each).catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      bad++;
      return { text: null, source: null, confidence: null, error: error.message };
    });
    output.value({ id, ...result });
  }
  if (bad > 0) throw new BadCasesError(bad, batch.length);
}

async function complete({ root, folder }: Session, each: Omit<CompletionCase, 'id'>) {
  const path = pathInFolder(root, each.file);
  const text = each.content ?? (await folder.readLive(path));
  if (text === undefined) throw new UsageError(`There is no readable file ${path} in ${root}.`);
  if (each.offset > text.length) {
    throw new UsageError(`Offset ${each.offset} is past the end of ${path} (${text.length} UTF-16 units).`);
  }
  const started = performance.now();
  const proposal = await firstProposal(folder.completions, { path, text, offset: each.offset });
  const elapsedMs = performance.now() - started;
  const change = proposal?.edit.changes[0];
  return {
    text: change?.text ?? null,
    source: proposal?.provenance.source ?? null,
    confidence: proposal?.confidence ?? null,
    ...(change && { insertAt: change.startOffset, replaceTo: change.endOffset }),
    elapsedMs,
  };
}

async function firstProposal(
  source: CompletionSource,
  request: CompletionRequest,
): Promise<Proposal | undefined> {
  for await (const proposal of source.propose(request, new AbortController().signal)) return proposal;
  return undefined;
}

/** Accepts a path relative to the folder or absolute; throws when it lies outside. */
function pathInFolder(root: string, file: string): string {
  const path = relative(root, resolve(root, file)).replaceAll(sep, '/');
  if (path === '' || path.startsWith('../') || isAbsolute(path)) {
    throw new UsageError(`${file} is not inside ${root}.`);
  }
  return path;
}

/** What checks lines takes longer to load than a completion, of which there mostly is one. */
async function readBatch(file: string): Promise<readonly CompletionCase[]> {
  return (await import('../batchFiles.ts')).readCompletionCases(file);
}
