import type { DefinedRange } from '../../core/retrieval/sourceText.ts';
import type { RetrievalCase } from '../evalCase.ts';
import type { CaseSource } from '../caseSource.ts';
import type { SourceFile } from '../sourceFile.ts';
import { stableId } from '../sampling.ts';
import { placeOf } from '../workspace.ts';
import { docCommentOf, type DocComment } from './docComment.ts';
import { isTelling } from './nameForms.ts';
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
  const asked = docQuestion(file, range);
  if (!asked || !file.language) return undefined;
  const { startLine, endLine } = asked.comment;
  return {
    id: `${ID}:${file.path}#${range.name}:${stableId(asked.sentence)}`,
    source: ID,
    language: file.language.name,
    folder: file.folder,
    path: file.path,
    question: asked.sentence,
    name: range.name,
    gold: [placeOf({ file, range })],
    hides: [{ path: file.path, lines: { startLine, endLine } }],
  };
}

/** The first sentence of a definition's doc comment, when it can be asked for and does not give the name away. */
export function docQuestion(
  file: SourceFile,
  range: DefinedRange,
): { readonly comment: DocComment; readonly sentence: string } | undefined {
  const comment = docCommentOf(file, range);
  if (!comment) return undefined;
  const sentence = withoutName(firstSentence(comment.text), range.name);
  return sentence !== undefined && isAskable(sentence) ? { comment, sentence } : undefined;
}

/**
 * A question that spells out the name of what it asks for is a look-up of the name. Where the name comes first, as Go
 * wants it, it can be left out; elsewhere there is no question. Names of one ordinary word may stay.
 */
function withoutName(sentence: string, name: string): string | undefined {
  const [article = ''] = /^(?:An?|The)\s+/i.exec(sentence) ?? [];
  const isFirst = sentence.startsWith(`${name} `, article.length);
  const rest = isFirst ? sentence.slice(article.length + name.length + 1) : sentence;
  return isTelling(name) && rest.toLowerCase().includes(name.toLowerCase()) ? undefined : rest;
}
