import { createCodeChunker } from '../core/chunking/codeChunker.ts';
import { fitsChunk, type SyntaxParser } from '../core/ports/chunker.ts';
import { openSyntaxParser } from '../engine/workspace/openSyntaxParser.ts';
import { readFolder } from '../engine/workspace/readFolder.ts';
import { languageOf } from '../evals/languages.ts';
import type { SourceFile } from '../evals/sourceFile.ts';
import { assertMeasurable, type BenchOptions } from './benchOptions.ts';
import { lineWindows } from './baselines/passage.ts';
import { type Lines, linesOfConstructs } from './linesOfConstructs.ts';

type Cut = (file: SourceFile) => readonly Lines[];

interface CutResult {
  readonly chunks: number;
  /** Units of text in a second of processor time. */
  readonly megabytesPerSecond: number;
  /** Of the constructs that could be in one chunk, as the parser sees them, the share that are. */
  readonly keptWhole: number;
}

interface ChunkBenchResult {
  readonly files: number;
  readonly megabytes: number;
  readonly languages: Readonly<Record<string, ChunkBenchSlice>>;
}

interface ChunkBenchSlice {
  readonly files: number;
  readonly megabytes: number;
  /** Constructs over several lines that would fit a chunk and are not in another such. */
  readonly constructs: number;
  /** Files for which indentation was not enough. */
  readonly filesParsed: number;
  readonly ours: CutResult;
  readonly baselines: {
    readonly indentation: CutResult;
    readonly lineWindows: CutResult;
  };
  /** Speed of parsing every file, without cutting it. */
  readonly parseMegabytesPerSecond: number;
}

/** Cuts every source file of a folder, language by language, beside indentation alone and windows of forty lines. */
export async function chunkBench(root: string, { log, signal }: BenchOptions): Promise<ChunkBenchResult> {
  const parser = await openSyntaxParser(log);
  if (!parser) throw new Error('The parser cannot be loaded, so there is nothing to compare with.');
  const { files } = await readFolder(root, signal);
  const sources = Map.groupBy(files, ({ path }) => languageOf(path)?.name);
  sources.delete(undefined);
  assertMeasurable(sources.size, 'files in a known language', root);
  const slices: Record<string, ChunkBenchSlice> = {};
  for (const [language, some] of sources) {
    signal.throwIfAborted();
    slices[language ?? ''] = await measure(some, parser);
  }
  return { files: files.length, megabytes: megabytesOf(files), languages: slices };
}

async function measure(files: readonly SourceFile[], parser: SyntaxParser): Promise<ChunkBenchSlice> {
  const asked = new Set<string>();
  const counting: SyntaxParser = {
    constructs: (path, text, fits) => {
      asked.add(path);
      return parser.constructs(path, text, fits);
    },
  };
  const ours = createCodeChunker(counting);
  const indentation = createCodeChunker();
  const parseAll = () => files.map(({ path, text }) => parser.constructs(path, text, fitsChunk) ?? []);
  // Loads the grammar and lets the compilers see the code once.
  parseAll();
  const [found, parseSeconds] = await processorTimed(parseAll);
  const whole = files.map(({ text }, at) => linesOfConstructs(text, found[at] ?? [], fitsChunk));
  const result = (cut: Cut) => cutAll(files, whole, cut);
  return {
    files: files.length,
    megabytes: megabytesOf(files),
    constructs: whole.reduce((sum, { length }) => sum + length, 0),
    ours: await result(({ path, text }) => ours.chunk(path, text)),
    filesParsed: asked.size,
    baselines: {
      indentation: await result(({ path, text }) => indentation.chunk(path, text)),
      lineWindows: await result(lineWindows),
    },
    parseMegabytesPerSecond: megabytesOf(files) / parseSeconds,
  };
}

async function cutAll(
  files: readonly SourceFile[],
  whole: readonly (readonly Lines[])[],
  cut: Cut,
): Promise<CutResult> {
  const cutFiles = () => files.map(cut);
  cutFiles();
  const [cuts, seconds] = await processorTimed(cutFiles);
  let kept = 0;
  for (const [at, constructs] of whole.entries()) {
    const isWhole = ({ startLine, endLine }: Lines): boolean =>
      cuts[at]?.some((chunk) => chunk.startLine <= startLine && endLine <= chunk.endLine) ?? false;
    kept += constructs.filter(isWhole).length;
  }
  const constructs = whole.reduce((sum, { length }) => sum + length, 0);
  return {
    chunks: cuts.reduce((sum, { length }) => sum + length, 0),
    megabytesPerSecond: megabytesOf(files) / seconds,
    keptWhole: kept / Math.max(1, constructs),
  };
}

function megabytesOf(files: readonly SourceFile[]): number {
  return files.reduce((sum, { text }) => sum + text.length, 0) / 1e6;
}

/** Processor time in which the compilers' own work on what is measured no longer counts for much. */
const MIN_SECONDS = 0.5;

/**
 * Does a piece of work until it has taken half a second of processor time, all threads counted. Other work on the machine
 * counts less in that than by the clock.
 *
 * @returns what it resolved to last, and the seconds that it takes once
 */
export async function processorTimed<T>(work: () => T | Promise<T>): Promise<readonly [T, number]> {
  const before = process.cpuUsage();
  for (let times = 1; ; times++) {
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    if (seconds >= MIN_SECONDS) return [result, seconds / times];
  }
}
