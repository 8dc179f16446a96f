import { wholeAnswer } from '../../core/chat/answer.ts';
import { fixedPolicy } from '../../core/prompts/fixedPolicy.ts';
import { askFolders } from '../../engine/query/askFolders.ts';
import { LazyProviderModels } from '../../engine/models/lazyProviderModels.ts';
import type { Command } from '../arguments.ts';
import { readModelOption } from '../modelOption.ts';
import { printableLine } from '../printable.ts';
import { openSession, stderrLogger } from '../session.ts';
import { UsageError } from '../usageError.ts';

/** `touchstone ask <folder> "<question>"`: a cited answer from the code of the folder. */
export const askCommand: Command = async (args, output, signal) => {
  const question = args.positionals[1]?.trim();
  if (!question)
    throw new UsageError('Give a question, for instance: touchstone ask . "where are keys stored?"');
  if (args.positionals.length > 2) throw new UsageError('Put the whole question in quotes.');
  const access = readModelOption(args, process.env);
  const log = stderrLogger(output, args.verbose);
  const session = await openSession(args, output, signal);
  try {
    const chosen = access && new LazyProviderModels(log).choose(access);
    const options = { folders: [session.folder], model: chosen, prompts: fixedPolicy(), log };
    const answer = await wholeAnswer(askFolders(question, options, signal));
    const { text, citations, grounding, source, model } = answer;
    // When the built-in answer stands in, the log has said why.
    if (source === 'model' && model?.problem !== undefined) output.note(model.problem);
    if (output.json) {
      const { inputTokens = 0, outputTokens = 0 } = model?.usage ?? {};
      const writer = source === 'model' ? model?.id : source;
      output.value({
        answer: text,
        citations: citations.map(({ number, path, startLine, endLine }) => ({
          number,
          path,
          startLine,
          endLine,
        })),
        grounding,
        usage: { model: writer, inputTokens, outputTokens },
      });
      return;
    }
    output.line(text);
    for (const { number, path, startLine, endLine } of citations) {
      output.line(`[${number}] ${printableLine(path)}:${startLine}-${endLine}`);
    }
  } finally {
    await session.close();
  }
};
