import { askFolders } from '../../engine/askFolders.ts';
import type { Command } from '../command.ts';
import { openSession } from '../session.ts';
import { UsageError } from '../usageError.ts';

/** `touchstone ask <folder> "<question>"`: a cited answer from the code of the folder. */
export const askCommand: Command = async (args, output, signal) => {
  const question = args.positionals[1]?.trim();
  if (!question)
    throw new UsageError('Give a question, for instance: touchstone ask . "where are keys stored?"');
  const session = await openSession(args, output, signal);
  try {
    const answer = await askFolders([session.folder], question, signal, () => undefined);
    const { text, citations, grounding, source } = answer;
    if (output.json) {
      output.value({
        answer: text,
        citations,
        grounding,
        usage: { model: source, inputTokens: 0, outputTokens: 0 },
      });
      return;
    }
    output.line(text);
    for (const { number, path, startLine, endLine } of citations) {
      output.line(`[${number}] ${path}:${startLine}-${endLine}`);
    }
  } finally {
    await session.close();
  }
};
