import { least } from '../core/shared/greatest.ts';
import { authoredCases } from './authored/casesOfFile.ts';
import type { CompletionCase, MaskKind } from './evalCase.ts';
import type { CaseSource, Workspace } from './workspace.ts';
import { MASK_MIX } from './sources/maskSource.ts';
import { stratify } from './sampling.ts';

export interface DrawnMasks {
  /** What people wrote, all of it, and then what was drawn. */
  readonly cases: readonly CompletionCase[];
  /** Masks that the workspace could have given. */
  readonly available: number;
  /** What could not be read of what people wrote, a line each: file, line, and what to do. */
  readonly problems: readonly string[];
}

/** Draws up to `count` masks in the mix of kinds, and fewer when that is what the rarest kind allows. */
export async function drawCompletionCases(
  workspace: Workspace,
  { count, seed, source }: { count: number; seed: number; source: CaseSource<CompletionCase> },
  pace: () => Promise<void>,
): Promise<DrawnMasks> {
  const authored = await authoredCases('completion', workspace, pace);
  const found: CompletionCase[] = [];
  for (const file of workspace.files) {
    for (const each of source.casesIn(file, workspace)) found.push(each);
    await pace();
  }
  const kinds = Object.entries(MASK_MIX) as [MaskKind, number][];
  const pools = kinds.map(([kind, share]) => ({ share, cases: found.filter((each) => each.kind === kind) }));
  const wanted = Math.max(0, count - authored.cases.length);
  const most = least(
    pools.map(({ share, cases }) => Math.floor(cases.length / share)),
    wanted,
  );
  const drawn = pools.flatMap(({ share, cases: pool }) =>
    stratify(pool, { count: Math.round(most * share), seed, by: 'case' }),
  );
  return { cases: [...authored.cases, ...drawn], available: found.length, problems: authored.problems };
}
