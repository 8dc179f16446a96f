import { cycleViolations } from './cycles.ts';
import { readImports } from './imports.ts';
import { layerViolations } from './layers.ts';
import type { SourceFiles } from './sourceFiles.ts';

/** What docs/architecture.md says of the shape of the code. Lines are counted as an editor does. */
export interface Structure {
  readonly files: number;
  readonly lines: number;
  readonly medianLines: number;
  readonly p90Lines: number;
  readonly maxLines: number;
  /** Pairs of files of which one imports the other, types included. */
  readonly imports: number;
  readonly importsPer100Lines: number;
  readonly cycles: number;
  /** Imports that the import table, or the order of the rooms inside core, does not allow. */
  readonly breaches: number;
  /** Lines of tests a line of source. */
  readonly testsPerLine: number;
}

/** Measures the files below `src`, and the tests only by their length. */
export function structureOf(sources: SourceFiles, tests: SourceFiles): Structure {
  const lengths = [...sources.values()].map(countLines).sort((a, b) => a - b);
  const lines = sum(lengths);
  const imports = readImports(sources);
  const pairs = new Set(imports.filter(({ kind }) => kind === 'file').map(({ from, to }) => `${from} ${to}`));
  return {
    files: lengths.length,
    lines,
    medianLines: quantile(lengths, 0.5),
    p90Lines: quantile(lengths, 0.9),
    maxLines: lengths.at(-1) ?? 0,
    imports: pairs.size,
    importsPer100Lines: round((100 * pairs.size) / lines),
    cycles: cycleViolations(imports).length,
    breaches: layerViolations(sources, imports).length,
    testsPerLine: round(sum([...tests.values()].map(countLines)) / lines),
  };
}

function countLines(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

/** Of sorted values: the smallest that at least the share `q` of them does not exceed. */
function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
