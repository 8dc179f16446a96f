import type { RefreshReport } from '../../core/indexing/refreshPass.ts';
import { indexFolder } from '../session.ts';
import type { Command } from '../arguments.ts';

/** `touchstone index <folder>`: brings the index up to date and says what is in it. */
export const indexCommand: Command = async (args, output, signal) => {
  const report = await indexFolder(args, output, signal);
  const { files, chunks, reused, skipped, elapsedMs } = report;
  if (output.json) {
    output.value({ files, chunks, reused, skipped, elapsedMs });
    return;
  }
  output.line(
    `${files} files, ${chunks} chunks, ${reused} files unchanged, ${(elapsedMs / 1000).toFixed(1)} s`,
  );
  for (const [reason, count] of countByReason(report)) output.line(`skipped ${count}: ${reason}`);
};

function countByReason({ skipped }: RefreshReport): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}
