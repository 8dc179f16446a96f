import { lineWithSigns } from '../../core/text/unseen.ts';
import { counted } from '../counted.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Score } from '../metrics/metric.ts';
import type { Summary } from '../summary.ts';
import { duration, intervalText, scoreText } from './numbers.ts';
import { LEADING, usageFacts } from './scoreTables.ts';

const LABEL_WIDTH = 40;
const VALUE_WIDTH = 8;
const INTERVAL_WIDTH = 12;

/** An evaluation's numbers as lines for a terminal. Remarks on too few cases are part of it. */
export function renderText({
  workspace,
  files,
  copies,
  seed,
  retrieval,
  completion,
  chat,
  elapsedMs,
}: Evaluation): string {
  const left = copies.length > 0 ? ` (${counted(copies.length, 'copy', 'copies')} left out)` : '';
  return [
    `${lineWithSigns(workspace)}: ${files} files${left}, seed ${seed}, ${duration(elapsedMs)}`,
    ...(retrieval ? suiteLines('Search', retrieval) : []),
    ...(completion ? suiteLines('Completion', completion) : []),
    ...(chat ? suiteLines(`Chat, ${lineWithSigns(chat.model)}`, chat) : []),
  ].join('\n');
}

function suiteLines(
  title: string,
  { summary, remark }: { readonly summary: Summary; readonly remark: string | null },
): readonly string[] {
  const { scores, groups, latency, usage } = summary;
  const [headline] = scores;
  return [
    '',
    title,
    ...(remark === null ? [] : [`  ${lineWithSigns(remark)}`]),
    ...scores
      .slice(0, LEADING)
      .filter(({ n }) => n > 0)
      .map((score) => scoreLine(score.label, score)),
    ...(latency
      ? [
          `  ${'Time to answer, p50 and p95'.padEnd(LABEL_WIDTH)}${duration(latency.p50Ms)}, ${duration(latency.p95Ms)}`,
        ]
      : []),
    ...(usage ? usageFacts(usage).map(([label, value]) => `  ${label.padEnd(LABEL_WIDTH)}${value}`) : []),
    ...(Object.values(groups)[0] ?? []).flatMap(({ name, scores: own }) => {
      const score = own.find(({ metric }) => metric === headline?.metric);
      return score ? [scoreLine(`  ${lineWithSigns(name)}`, score)] : [];
    }),
  ];
}

function scoreLine(label: string, score: Score): string {
  const value = scoreText(score).padStart(VALUE_WIDTH);
  return `  ${label.padEnd(LABEL_WIDTH)}${value}  ${intervalText(score).padEnd(INTERVAL_WIDTH)} of ${score.n}`;
}
