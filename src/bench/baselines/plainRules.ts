import type { Passage, ScoredPassage } from './passage.ts';
import { subTokenWords } from './terms.ts';

const TEST = /(?:^|\/)(?:tests?|specs?|__tests__)\/|[._-](?:test|spec)\./i;
const ASIDE = /(?:^|\/)(?:examples?|docs?|vendor|compat)\/|\.(?:md|rst|txt)$/i;

/**
 * The rules that come to mind first, on top of any ranking: half of the best score for the share of the question's words
 * that the file's or its folder's name has, three tenths of tests and what lies aside, half of each further place of a file.
 */
export function rankedByRules(query: string, found: readonly ScoredPassage[]): readonly Passage[] {
  const best = found[0]?.score ?? 0;
  const words = [...new Set(subTokenWords(query))].filter((word) => word.length > 2);
  const ruled = found.map(({ passage, score }) => {
    const share = shareInName(words, passage.path);
    const factor = TEST.test(passage.path) || ASIDE.test(passage.path) ? 0.3 : 1;
    return { passage, score: (score + 0.5 * best * share) * factor };
  });
  const before = new Map<string, number>();
  return ruled
    .sort((a, b) => b.score - a.score)
    .map(({ passage, score }) => {
      const better = before.get(passage.path) ?? 0;
      before.set(passage.path, better + 1);
      return { passage, score: score * 0.5 ** better };
    })
    .sort((a, b) => b.score - a.score)
    .map(({ passage }) => passage);
}

function shareInName(words: readonly string[], path: string): number {
  const names = path.split('/').slice(-2).flatMap(subTokenWords);
  const met = words.filter((word) =>
    names.some((name) => name.length > 2 && (word.startsWith(name) || name.startsWith(word))),
  );
  return met.length / Math.max(1, words.length);
}
