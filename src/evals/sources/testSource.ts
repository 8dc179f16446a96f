import { isPlainTerm, queryTerms } from '../../core/retrieval/queryTerms.ts';
import type { Hidden, RetrievalCase } from '../evalCase.ts';
import { type CaseSource, type DefinedPlace, placeOf, type Workspace } from '../workspace.ts';
import type { SourceFile } from '../sourceFile.ts';
import { stableId } from '../sampling.ts';
import { isAskable, isTelling, spellsOut, tellingTerms } from './docCommentSource.ts';
import { testBlocks, type TestBlock } from './testBlocks.ts';
import { TestSubject } from './testSubject.ts';

const ID = 'test';
const MIN_WORDS = 4;
const MIN_TERMS = 3;
/** Code that tests work on; what looks like a test there is none. */
const MATERIAL = /(?:^|\/)(?:testdata|fixtures?|__mocks__|mocks)\//i;
/** References that mean nothing to who does not look them up, and what was once wrong. */
const REFERENCE =
  /\b(?:issues?|bugs?|regressions?|gh|cl|pr)[\s#_-]*\d+|#\d+|\b\d{3,}\b|\breproduces?\b|\bTest[A-Z]\w*|\b(?:mistake|used to|previously)\b/i;
/** Says how the test works. */
const PROCEDURE = /\bthis test\b|\bgolden\b|\bcompares\b|\brandom\b|\bexpected output\b/i;
/** Terms of a question that are not in the path and the name of what is looked for. */
const MIN_NEW_TERMS = 2;

/**
 * Asks with what a test says of the code it tests. The whole test file is hidden, and its snapshots with it; of a file
 * with tests among its code, the lines of the tests.
 */
export const testSource: CaseSource<RetrievalCase> = {
  id: ID,
  label: 'Test title → what it tests',
  casesIn(file, workspace) {
    if (!file.language || (!file.isTest && file.inlineTests.length === 0) || MATERIAL.test(file.path))
      return [];
    const subject = new TestSubject(file, workspace);
    const hides = hiddenOf(file, workspace);
    return testBlocks(file).flatMap((block) => caseOf(file, block, subject, hides) ?? []);
  },
};

function caseOf(
  file: SourceFile,
  block: TestBlock,
  subject: TestSubject,
  hides: readonly Hidden[],
): RetrievalCase | undefined {
  const places = subject.of(block);
  const [first] = places;
  if (!first || !file.language) return undefined;
  const names = [...new Set(places.map(({ range }) => range.name))];
  const question = questionOf(block, names);
  if (question === undefined || isAddress(question, first)) return undefined;
  return {
    id: `${ID}:${file.path}#${stableId(question)}`,
    source: ID,
    language: file.language.name,
    folder: first.file.folder,
    path: file.path,
    question,
    name: names.join(', '),
    gold: places.map(placeOf),
    hides,
  };
}

/** Whether a question does little but spell out where something is: `sympy core containers dict`. */
function isAddress(question: string, { file, range }: DefinedPlace): boolean {
  const known = new Set([file.path, range.name].flatMap((text) => [...queryTerms(text).keys()]));
  const added = [...queryTerms(question).keys()].filter((term) => isPlainTerm(term) && !known.has(term));
  return added.length < MIN_NEW_TERMS;
}

function hiddenOf(file: SourceFile, workspace: Workspace): readonly Hidden[] {
  const { path, isTest, inlineTests } = file;
  if (isTest)
    return workspace.files.filter((each) => belongsTo(each.path, path)).map((each) => ({ path: each.path }));
  return inlineTests.map(({ start, end }) => ({ path, lines: { startLine: start + 1, endLine: end + 1 } }));
}

/** What the test's comment says, or else the titles without those that spell out the name of what is looked for. */
function questionOf({ groups, title, comment }: TestBlock, names: readonly string[]): string | undefined {
  const telling = names.filter(isTelling);
  const givesAway = (text: string): boolean => telling.some((name) => spellsOut(text, name));
  const isSaid = isAskable(comment) && !REFERENCE.test(comment) && !PROCEDURE.test(comment);
  if (isSaid && !givesAway(comment)) return comment;
  if (givesAway(title) || REFERENCE.test(title)) return undefined;
  const parts = [...groups.filter((group) => !givesAway(group) && !REFERENCE.test(group)), title];
  const question = parts.filter((part) => part !== '').join(': ');
  const words = question.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  return words.length >= MIN_WORDS && tellingTerms(question) >= MIN_TERMS ? question : undefined;
}

/** The test file itself, and what is recorded of it: `a.test.ts.snap`. */
function belongsTo(path: string, test: string): boolean {
  const name = test.slice(test.lastIndexOf('/') + 1);
  return path === test || path.slice(path.lastIndexOf('/') + 1).startsWith(`${name}.`);
}
