import type { ChatCase, Hidden, Place } from '../../evalCase.ts';
import type { SourceFile } from '../../sourceFile.ts';
import { stableId } from '../../sampling.ts';

interface ChatQuestion {
  /** Id of the case source. */
  readonly source: string;
  /** What the question is about. */
  readonly name: string;
  readonly question: string;
  readonly gold: readonly Place[];
  readonly mustMention?: readonly string[];
  readonly hides?: readonly Hidden[];
}

/** A case made from a source file. Without gold the workspace does not hold the answer. */
export function chatCase(file: SourceFile, asked: ChatQuestion): ChatCase {
  const { source, name, question, gold, mustMention = [], hides = [] } = asked;
  // eslint-disable-next-line bounded/spread -- an answer has to name a few
  const id = stableId(question, ...mustMention);
  return {
    id: `${source}:${file.path}#${name}:${id}`,
    source,
    language: file.language?.name ?? '',
    folder: file.folder,
    path: file.path,
    question,
    gold,
    isAnswerable: gold.length > 0,
    mustMention,
    mustNotMention: [],
    hides,
  };
}

const TYPE_NAME = /^\p{Lu}\p{L}*\p{Ll}/u;

/** Types are for something, functions do something; told apart by their spelling, as people do. */
export function whatQuestion(name: string): string {
  return TYPE_NAME.test(name) ? `What is \`${name}\` for?` : `What does \`${name}\` do?`;
}
