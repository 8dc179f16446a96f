import { isAskable } from './sentence.ts';

/** Conventional commits, https://www.conventionalcommits.org: `fix(parser)!: `. */
const TYPE = /^(\w+)(?:\([^)]*\))?!?:\s+/;
const TYPES = /^(?:\w+(?:\([^)]*\))?!?:\s+)+/;
const UNTOLD_TYPES =
  /^(?:build|bump|changelog|chore|ci|cleanup|deps?|docs?|documentation|format|lint|release|revert|style|test|tests|typo|wip)$/i;
/** `net/http, crypto/tls: `, `[parser] `, `ABC-123 `: where or under which number, not what. */
const PLACE =
  /^(?:\[[^\]]*\]\s*|[A-Z][A-Z\d]+-\d+:?\s+|#\d+:?\s+|[\w.*{}-]*\/[\w./*{},-]*(?:,\s*[\w./*-]+)*:\s+)+/;
/** Numbers of issues and requests, and who was told. */
const REFERENCE =
  /\s*[([](?:(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|see|ref|refs|references?|pr|gh|issue|part of)[\s:]*)*(?:[\w./-]*#|gh-|[A-Z][A-Z\d]+-)\d+(?:[,\s]+#\d+)*[)\]]|,?\s*\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|refs?|see)\b:?\s+(?:[\w./-]*#|gh-)\d+/gi;
/** Not about what the code does. */
const CHORE =
  /^(?:merge|revert|reapply|fixup!|squash!|amend!|wip\b|release|prepare|publish|version|v?\d+\.\d+|bump|upgrade|downgrade|pin|sync|backport|cherry[- ]pick|initial|first commit|update (?:readme|changelog|docs?|copyright|licen[sc]e|authors|contributors|translations?|snapshots?|deps|dependenc|lock|submodule|year|\S+ to v?\d)|reformat|format|run (?:prettier|gofmt|black|rustfmt|eslint)|apply (?:prettier|black|formatting|suggestion|review)|address (?:review|comment|feedback)|fix(?:es|ed)? (?:typos?|lint|formatting|whitespace|indentation|tests?|build|ci|merge)\b|clean(?:ing)? ?up|tidy|rename)/i;
const ANYWHERE =
  /\b(?:typos?|spelling|gramma(?:r|tical)\w*|changelog|readme|copyright|licen[sc]e|dependabot|renovate|greenkeeper|cherry-?pick\w*|pre-commit|eslint|prettier|gofmt|rustfmt|clippy|flake8|mypy|linters?|whitespace|indentation|codecov|travis|appveyor|github actions?|package-lock|yarn\.lock|lockfile|nits?|review comments?)\b|\bv\d+\.\d+|\b[\da-f]{10,}\b/i;
const ABOUT_PROSE =
  /\b(?:docs?|documentation|docstrings?|js-?docs?|comments? (?:in|for|of)|in comments?)\b|^\w+ comments\b/i;
const ABOUT_TESTS =
  /\b(?:tests|test (?:cases?|suites?|coverage|for|that)|coverage|flaky)\b|^\w+ (?:\w+ )?test\b/i;
/** What was there is gone, or the same is imported in another way. */
const LEAVES_NOTHING =
  /\b(?:unused|not used|no longer (?:used|needed)|dead code|in imports|imports? (?:for|of|order|path|statement))\b/i;
const JUNK: readonly RegExp[] = [ANYWHERE, ABOUT_PROSE, ABOUT_TESTS, LEAVES_NOTHING];
const BOT =
  /\[bot\]|\bbot$|^(?:dependabot|renovate|greenkeeper|snyk|imgbot|allcontributors|semantic-release|weblate)/i;

/** What a commit says was done, as a question about the code; `undefined` when it says nothing of it. */
export function askedSubject(subject: string, author: string): string | undefined {
  if (BOT.test(author) || CHORE.test(subject)) return undefined;
  const [, type = ''] = TYPE.exec(subject) ?? [];
  if (UNTOLD_TYPES.test(type)) return undefined;
  const asked = subject
    .replace(TYPES, '')
    .replace(PLACE, '')
    .replace(REFERENCE, '')
    .replace(/\s*#\d+/g, '')
    .replace(/^[-*]\s+/, '')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/[\s.:;,]+$/, '')
    .trim();
  const isJunk = [CHORE, ...JUNK].some((junk) => junk.test(asked));
  return isJunk || !isAskable(asked) ? undefined : asked;
}
