import type { CaseSource } from '../caseSource.ts';
import type { Hidden, RetrievalCase } from '../evalCase.ts';
import type { Commit } from '../../core/ports/history.ts';
import type { SourceFile } from '../sourceFile.ts';
import type { Workspace } from '../workspace.ts';
import { askedSubject } from './commitSubject.ts';
import { isTelling, spellsOut } from './nameParts.ts';

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
