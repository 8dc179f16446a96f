import { subTokens, WHOLE } from '../../retrieval/subTokens.ts';
import type { DefinedRange } from '../../retrieval/sourceText.ts';
import type { CaseSource } from '../caseSource.ts';
import type { RetrievalCase } from '../evalCase.ts';
import type { SourceFile } from '../sourceFile.ts';
import { stableId } from '../stableHash.ts';
import { placeOf } from '../workspace.ts';
import { docCommentOf } from './docComment.ts';
import { firstSentence, isAskable } from './sentence.ts';

const ID = 'doc-comment';

/** Asks with the first sentence of a definition's doc comment; the comment itself is hidden. */
export const docCommentSource: CaseSource<RetrievalCase> = {
  id: ID,
  label: 'Doc comment → its definition',
  casesIn(file) {
    if (file.isTest) return [];
    return file.definitions.flatMap((range) => caseOf(file, range) ?? []);
  },
};

function caseOf(file: SourceFile, range: DefinedRange): RetrievalCase | undefined {
  const comment = docCommentOf(file, range);
  if (!comment || !file.language) return undefined;
  const question = withoutName(firstSentence(comment.text), range.name);
  if (question === undefined || !isAskable(question)) return undefined;
  const { startLine, endLine } = comment;
  return {
    id: `${ID}:${file.path}#${range.name}:${stableId(question)}`,
    source: ID,
    language: file.language.name,
    folder: file.folder,
    path: file.path,
    question,
    name: range.name,
    gold: [placeOf({ file, range })],
    hides: [{ path: file.path, lines: { startLine, endLine } }],
  };
}

/**
 * A question that spells out the name of what it asks for is a look-up of the name. Where the name comes first, as Go
 * wants it, it can be left out; elsewhere there is no question. Names of one ordinary word may stay.
 */
function withoutName(sentence: string, name: string): string | undefined {
  const rest = sentence.startsWith(`${name} `) ? sentence.slice(name.length + 1) : sentence;
  const isTelling = subTokens(name).some((term) => term.startsWith(WHOLE));
  return isTelling && rest.toLowerCase().includes(name.toLowerCase()) ? undefined : rest;
}
