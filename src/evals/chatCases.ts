import { authoredCases } from './authored/casesOfFile.ts';
import type { ChatCase } from './evalCase.ts';
import type { CaseSource, Workspace } from './workspace.ts';
import { drawCases, type DrawnCases, type WeightedSource } from './drawCases.ts';
import { createAbsentSource } from './sources/chat/absentSource.ts';
import { callersSource, howSource, whatSource, whereSource } from './sources/chat/definitionSources.ts';

/** The kinds of questions for the chat. One in five asks for what is not there. */
export function chatSources(seed: number): readonly WeightedSource<ChatCase>[] {
  return [
    { source: howSource, share: 0.3 },
    { source: whatSource, share: 0.2 },
    { source: callersSource, share: 0.2 },
    { source: whereSource, share: 0.1 },
    { source: createAbsentSource(seed), share: 0.2 },
  ];
}

/** All kinds in one; the cases tell their kind by their own `source`. */
export function createChatSource(seed: number): CaseSource<ChatCase> {
  const sources = chatSources(seed);
  return {
    id: 'chat',
    label: 'Questions for the chat',
    casesIn: (file, workspace) => sources.flatMap(({ source }) => source.casesIn(file, workspace)),
  };
}

/** Draws up to `count` questions in the shares of `chatSources`. */
export async function drawChatCases(
  workspace: Workspace,
  { count, seed }: { readonly count: number; readonly seed: number },
  pace: () => Promise<void>,
): Promise<DrawnCases<ChatCase>> {
  const authored = await authoredCases('chat', workspace, pace);
  const sources = chatSources(seed);
  return drawCases(workspace, { authored, count, seed, sources, merge: withoutDoubles }, pace);
}

/** A question that two definitions answer has no one answer. */
function withoutDoubles(cases: readonly ChatCase[]): readonly ChatCase[] {
  return [...Map.groupBy(cases, ({ question }) => question.toLowerCase()).values()].flatMap((alike) =>
    alike.length === 1 ? alike : [],
  );
}
