import type { CaseSource } from './caseSource.ts';
import type { CompletionCase, MaskKind } from './evalCase.ts';
import { MASK_MIX } from './sources/maskSource.ts';
import { stratify } from './stratify.ts';
import type { Workspace } from './workspace.ts';

/** Draws up to `count` masks in the mix of kinds, and fewer when that is what the rarest kind allows. */
export async function drawCompletionCases(
  workspace: Workspace,
  { count, seed, source }: { count: number; seed: number; source: CaseSource<CompletionCase> },
  pace: () => Promise<void>,
): Promise<{ readonly cases: readonly CompletionCase[]; readonly available: number }> {
  const found: CompletionCase[] = [];
  for (const file of workspace.files) {
    found.push(...source.casesIn(file, workspace));
    await pace();
  }
  const kinds = Object.entries(MASK_MIX) as [MaskKind, number][];
  const pools = kinds.map(([kind, share]) => ({ share, cases: found.filter((each) => each.kind === kind) }));
  const most = Math.min(count, ...pools.map(({ share, cases }) => Math.floor(cases.length / share)));
  const cases = pools.flatMap(({ share, cases: pool }) =>
    stratify(pool, { count: Math.round(most * share), seed, by: 'case' }),
  );
  return { cases, available: found.length };
}
