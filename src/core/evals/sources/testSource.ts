import { subTokens, WHOLE } from '../../retrieval/subTokens.ts';
import type { CaseSource } from '../caseSource.ts';
import type { RetrievalCase } from '../evalCase.ts';
import type { SourceFile } from '../sourceFile.ts';
import { stableId } from '../stableHash.ts';
import { placeOf, type Workspace } from '../workspace.ts';
import { tellingTerms } from './sentence.ts';
import { testBlocks, type TestBlock } from './testBlocks.ts';
import { TestSubject } from './testSubject.ts';

const ID = 'test';
const MIN_WORDS = 4;
const MIN_TERMS = 3;

/** Asks with what a test says of the code it tests; the whole test file is hidden, and its snapshots with it. */
export const testSource: CaseSource<RetrievalCase> = {
  id: ID,
  label: 'Test title → what it tests',
  casesIn(file, workspace) {
    if (!file.isTest || !file.language) return [];
    const subject = new TestSubject(file, workspace);
    return testBlocks(file).flatMap((block) => caseOf(file, block, subject, workspace) ?? []);
  },
};

function caseOf(
  file: SourceFile,
  block: TestBlock,
  subject: TestSubject,
  workspace: Workspace,
): RetrievalCase | undefined {
  const places = subject.of(block);
  const [first] = places;
  if (!first || !file.language) return undefined;
  const names = [...new Set(places.map(({ range }) => range.name))];
  const question = questionOf(block, names);
  if (question === undefined) return undefined;
  return {
    id: `${ID}:${file.path}#${stableId(question)}`,
    source: ID,
    language: file.language.name,
    folder: first.file.folder,
    path: file.path,
    question,
    name: names.join(', '),
    gold: places.map(placeOf),
    hides: workspace.files.filter(({ path }) => belongsTo(path, file.path)).map(({ path }) => ({ path })),
  };
}

/** The titles of a test without those that spell out the name of what is looked for. */
function questionOf({ groups, title }: TestBlock, names: readonly string[]): string | undefined {
  const telling = names.filter((name) => subTokens(name).some((term) => term.startsWith(WHOLE)));
  const spellsOut = (text: string): boolean =>
    telling.some((name) => squeezed(text).includes(squeezed(name)));
  if (spellsOut(title)) return undefined;
  const parts = [...groups.filter((group) => !spellsOut(group)), title];
  const question = parts.filter((part) => part !== '').join(': ');
  const words = question.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  return words.length >= MIN_WORDS && tellingTerms(question) >= MIN_TERMS ? question : undefined;
}

/** Letters and digits only: titles made from names are spelt in words. */
function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The test file itself, and what is recorded of it: `a.test.ts.snap`. */
function belongsTo(path: string, test: string): boolean {
  const name = test.slice(test.lastIndexOf('/') + 1);
  return path === test || path.slice(path.lastIndexOf('/') + 1).startsWith(`${name}.`);
}
