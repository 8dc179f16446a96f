import type { SourceFiles, Violations } from './sourceFiles.ts';

const MAX_LINES = 400;
const MAX_MEDIAN_LINES = 110;
const MAX_EXTENSION_LINES = 60;

/** Files that outgrew their budget, and the median over all of them. */
export function lengthViolations(files: SourceFiles): Violations {
  const lengths = [...files].map(([path, text]) => ({ path, lines: countLines(text) }));
  const violations = lengths
    .filter(({ path, lines }) => lines > (path === 'src/extension.ts' ? MAX_EXTENSION_LINES - 1 : MAX_LINES))
    .map(({ path, lines }) => `${path} has ${String(lines)} lines`);
  const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  if (median >= MAX_MEDIAN_LINES) violations.push(`the median file has ${String(median)} lines`);
  return violations;
}

function countLines(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}
