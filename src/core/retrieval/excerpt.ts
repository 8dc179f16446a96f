import { isPlainTerm, queryTerms } from './queryTerms.ts';
import type { DefinedRange, SourceText } from './sourceText.ts';
import { WHOLE } from '../text/subTokens.ts';

export interface Excerpt {
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** What the excerpt shows the beginning of, when it shows a definition. */
  readonly definition: DefinedRange | undefined;
  /** Share of the query's terms that the excerpt and the comment above it contain, 0…1. */
  readonly coverage: number;
}

/** A whole name of the query counts as much as so many of its parts. */
const WHOLE_WEIGHT = 2;
/** Extra share of terms that stand in the name that is defined. */
const NAME_SHARE = 1;
const DEFINITION_BONUS = 0.5;
/** Each line with a term breaks ties between windows that contain the same terms. */
const DENSITY = 0.05;

/** Lines that name things without saying anything about them. */
export const IMPORT =
  /^\s*(?:import|from|use|using|require|#\s*include|export\s+(?:\*|\{[^}]*\})\s+from)\b|\brequire\(/;

/**
 * The window of at most `maxLines` lines within `range` (1-based, inclusive) that says most about the query: where
 * most of its terms are, preferring the beginning of a definition. `undefined` when the range is empty or past the
 * end of the text.
 */
export function chooseExcerpt(
  source: SourceText,
  range: { readonly startLine: number; readonly endLine: number },
  query: string,
  maxLines: number,
): Excerpt | undefined {
  const first = Math.max(0, range.startLine - 1);
  const last = Math.min(source.lines.length, range.endLine) - 1;
  if (last < first) return undefined;
  const weights = termWeights(query);
  let best: Excerpt | undefined;
  let bestScore = -1;
  for (const { start, definition } of candidates(source, first, last)) {
    const end = Math.min(definition?.end ?? last, start + maxLines - 1, source.lines.length - 1);
    const { score, coverage } = rate(source, weights, start, end, definition);
    if (score <= bestScore) continue;
    best = { ...withoutBlankEdges(source, start, end), definition, coverage };
    bestScore = score;
  }
  return best;
}

interface Candidate {
  readonly start: number;
  readonly definition: DefinedRange | undefined;
}

function candidates(source: SourceText, first: number, last: number): readonly Candidate[] {
  const definitions = source.definitions.filter(({ line }) => line >= first && line <= last);
  const starts = new Map<number, Candidate>();
  for (let line = first; line <= last; line++) starts.set(line, { start: line, definition: undefined });
  for (const definition of definitions) {
    starts.set(definition.line, { start: definition.line, definition });
  }
  return [...starts.values()];
}

function rate(
  source: SourceText,
  weights: ReadonlyMap<string, number>,
  start: number,
  end: number,
  definition: DefinedRange | undefined,
): { readonly score: number; readonly coverage: number } {
  const found = new Set<string>();
  let score = 0;
  for (let line = definition?.textStart ?? start; line <= end; line++) {
    if (IMPORT.test(source.lines[line] ?? '')) continue;
    const terms = source.terms(line);
    let hasTerm = false;
    for (const [term, weight] of weights) {
      if (!terms.has(term)) continue;
      hasTerm = true;
      if (!found.has(term)) score += weight;
      found.add(term);
    }
    if (hasTerm) score += DENSITY;
  }
  if (definition !== undefined && found.size > 0) score += DEFINITION_BONUS + nameScore(weights, definition);
  return { score, coverage: share(found, weights) };
}

function nameScore(weights: ReadonlyMap<string, number>, { name }: DefinedRange): number {
  let score = 0;
  for (const term of queryTerms(name).keys()) score += NAME_SHARE * (weights.get(term) ?? 0);
  return score;
}

function share(found: ReadonlySet<string>, weights: ReadonlyMap<string, number>): number {
  const parts = [...weights.keys()].filter((term) => !term.startsWith(WHOLE));
  return parts.length === 0 ? 0 : parts.filter((term) => found.has(term)).length / parts.length;
}

function termWeights(query: string): ReadonlyMap<string, number> {
  const plain = [...queryTerms(query).keys()].filter(isPlainTerm);
  return new Map(plain.map((term) => [term, term.startsWith(WHOLE) ? WHOLE_WEIGHT : 1]));
}

/** To 1-based lines. */
function withoutBlankEdges(
  source: SourceText,
  start: number,
  end: number,
): { readonly startLine: number; readonly endLine: number } {
  const isBlank = (line: number): boolean => (source.lines[line] ?? '').trim() === '';
  let first = start;
  let last = end;
  while (first < last && isBlank(first)) first++;
  while (last > first && isBlank(last)) last--;
  return { startLine: first + 1, endLine: last + 1 };
}
