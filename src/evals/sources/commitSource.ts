import type { Commit } from '../../core/ports/history.ts';
import type { Hidden, RetrievalCase } from '../evalCase.ts';
import type { CaseSource, Workspace } from '../workspace.ts';
import type { SourceFile } from '../sourceFile.ts';
import { isAskable, isTelling, spellsOut } from './docCommentSource.ts';

const ID = 'commit';
const MAX_FILES = 6;
const ID_LENGTH = 12;
/** Files in which people write down what has changed. */
const NOTES =
  /(?:^|\/)(?:(?:change(?:s|log)?|history|news|release[-_. ]?notes?|releases|what'?s[-_]?new)\b[^/]*|\.changeset\/[^/]*|(?:changes|changelog\.d|newsfragments|release-?notes)\/.*)$/i;

/**
 * Asks with what a commit says it does for the source files that it changed, any of which is right. Lines of change
 * logs that say the same are hidden.
 */
export const commitSource: CaseSource<RetrievalCase> = {
  id: ID,
  label: 'Commit subject → a file it changed',
  casesIn: (file, workspace) =>
    workspace.commits.of(file).flatMap((commit) => caseOf(file, commit, workspace) ?? []),
};

function caseOf(file: SourceFile, commit: Commit, workspace: Workspace): RetrievalCase | undefined {
  const files = workspace.commits.filesOf(commit);
  const question = askedSubject(commit.subject, commit.author);
  if (question === undefined || !file.language || files.length > MAX_FILES) return undefined;
  // Of code that is mostly gone, what is left is rarely what the commit was about.
  const isGone = files.length < workspace.commits.goneOf(commit);
  if (isGone || files.some((each) => namesFile(question, each))) return undefined;
  return {
    id: `${ID}:${commit.id.slice(0, ID_LENGTH)}`,
    source: ID,
    language: file.language.name,
    folder: file.folder,
    path: file.path,
    question,
    name: files.map(({ path }) => path).join(', '),
    gold: files.map(({ path, lines }) => ({ path, startLine: 1, endLine: lines.length })),
    hides: notesOf(commit.subject, question, workspace),
  };
}

/** A question that has a file's name is a look-up of the name. */
function namesFile(question: string, { path, stem }: SourceFile): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return question.includes(name) || (isTelling(stem) && spellsOut(question, stem));
}

function notesOf(subject: string, question: string, { files }: Workspace): readonly Hidden[] {
  return files
    .filter(({ path, text }) => NOTES.test(path) && (text.includes(subject) || text.includes(question)))
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, at) =>
        line.includes(subject) || line.includes(question)
          ? [{ path, lines: { startLine: at + 1, endLine: at + 1 } }]
          : [],
      ),
    );
}

/** UTF-16 units. Whoever writes more asks nothing; the patterns below look at all of it many times. */
const MAX_SUBJECT = 300;

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
  if (subject.length > MAX_SUBJECT || BOT.test(author) || CHORE.test(subject)) return undefined;
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
