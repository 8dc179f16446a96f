import type { FeedbackSummary, OutcomeCounts, RecentSuggestion } from './summary.ts';

/** What the page says about this installation. */
export interface FeedbackReportContext {
  /** Absolute path of the ledger file. */
  readonly ledger: string;
  /** The setting `touchstone.signals.enabled`. */
  readonly isRecording: boolean;
  /** Renders milliseconds since the epoch in the reader's time zone and language. */
  readonly formatTime: (at: number) => string;
}

/** The feedback page as Markdown: what became of suggestions, what that does not tell, and where it is kept. */
export function feedbackReport(summary: FeedbackSummary, context: FeedbackReportContext): string {
  const body =
    summary.total.offered === 0
      ? [nothingYet(context.isRecording)]
      : [
          headline(summary.total),
          meaningOfIgnored,
          section('By language', countsTable('Language', summary.byLanguage)),
          section('By source', countsTable('Source', summary.bySource)),
          section('Latest suggestions', recentTable(summary.recent, context.formatTime)),
        ];
  return (
    ['# Touchstone feedback', ...body, section('Where this is kept', whereKept(context))].join('\n\n') + '\n'
  );
}

const meaningOfIgnored = `> **What “ignored” means.** A suggestion was offered, and then other text was typed, the cursor left, another suggestion
> took its place, its editor was left, or minutes passed. VS Code does not tell extensions whether a suggestion was on
> screen or was dismissed with Esc. So *ignored* is not a rejection: some of these were never seen.`;

function nothingYet(isRecording: boolean): string {
  return isRecording
    ? 'Nothing has been recorded yet. Touchstone notes what becomes of its inline suggestions; write some code, accept ' +
        'one with Tab or type past it, and run *Touchstone: Show Feedback* again.'
    : 'Nothing has been recorded, and recording is switched off. To start, switch on the setting `touchstone.signals.enabled`.';
}

function headline(total: OutcomeCounts): string {
  const open = total.offered - decided(total);
  const rest =
    open === 0
      ? ''
      : ` ${plural(open, 'suggestion has', 'suggestions have')} no outcome: still on offer, typed out by hand, or used in part.`;
  return (
    `**${acceptance(total)}** of suggestions with an outcome were accepted: ${String(total.accepted)} accepted, ` +
    `${String(total.ignored)} ignored, ${String(total.offered)} offered in all.${rest}`
  );
}

function decided({ accepted, ignored }: OutcomeCounts): number {
  return accepted + ignored;
}

function acceptance(counts: OutcomeCounts): string {
  const n = decided(counts);
  return n === 0 ? '– (n = 0)' : `${String(Math.round((100 * counts.accepted) / n))} % (n = ${String(n)})`;
}

function plural(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

function section(title: string, content: string): string {
  return `## ${title}\n\n${content}`;
}

function countsTable(title: string, groups: Readonly<Record<string, OutcomeCounts>>): string {
  const rows = Object.entries(groups).sort(
    ([nameA, a], [nameB, b]) => b.offered - a.offered || (nameA < nameB ? -1 : 1),
  );
  return table(
    [title, 'Offered', 'Accepted', 'Ignored', 'Acceptance'],
    rows.map(([name, counts]) => [
      name,
      String(counts.offered),
      String(counts.accepted),
      String(counts.ignored),
      acceptance(counts),
    ]),
  );
}

function recentTable(recent: readonly RecentSuggestion[], formatTime: (at: number) => string): string {
  return table(
    ['When', 'Language', 'Source', 'Characters', 'Outcome'],
    recent.map(({ at, language, source, length, outcome }) => [
      formatTime(at),
      language,
      source,
      String(length),
      outcome === 'pending' ? 'no outcome' : outcome,
    ]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function escapeCell(text: string): string {
  return text.replaceAll(/[\\|`*_<[\]]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

function whereKept({ ledger, isRecording }: FeedbackReportContext): string {
  const state = isRecording
    ? 'Recording is on. Switch it off with the setting `touchstone.signals.enabled`; what is recorded stays until deleted.'
    : 'Recording is off. Switch it on with the setting `touchstone.signals.enabled`.';
  return [
    `- Everything above comes from one file on this machine, and nothing is sent anywhere: \`${ledger}\``,
    '- It holds times, languages, lengths and outcomes, never code.',
    `- ${state}`,
    '- To delete it, close all VS Code windows and delete that file with its neighbours ending in `-wal` and `-shm`.',
  ].join('\n');
}
