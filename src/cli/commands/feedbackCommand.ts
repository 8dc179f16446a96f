import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AnswerCounts, FeedbackSummary, OutcomeCounts } from '../../core/signals/summary.ts';
import type { Proportion } from '../../core/signals/proportion.ts';
import { readFeedback } from '../../engine/query/openLedger.ts';
import { workspaceId } from '../../protocol/storeLocation.ts';
import type { Command } from '../arguments.ts';
import { folderOf, stderrLogger } from '../session.ts';

/** As the editor names this extension's part of its global storage. */
const EXTENSION = 'touchstone.touchstone';

/**
 * `touchstone feedback <folder>`: what became of suggestions in the folder and of answers about it, from the ledger that
 * the editor's extension keeps. Changes nothing.
 */
export const feedbackCommand: Command = async (args, output) => {
  const root = await folderOf(args.positionals[0]);
  const file = resolve(args.ledger ?? process.env['TOUCHSTONE_LEDGER'] ?? defaultLedger());
  const workspace = workspaceId(root, (text) => createHash('sha256').update(text).digest('hex'));
  const summary = await readFeedback(file, workspace, stderrLogger(output, args.verbose));
  if (output.json) output.value(summary);
  else for (const line of linesOf(summary)) output.line(line);
};

/** Where VS Code, in its usual build and without a profile, keeps what belongs to no workspace. */
function defaultLedger(): string {
  const home = homedir();
  const { APPDATA, XDG_CONFIG_HOME } = process.env;
  const data = {
    win32: APPDATA ?? join(home, 'AppData', 'Roaming'),
    darwin: join(home, 'Library', 'Application Support'),
  }[process.platform as string];
  const config = data ?? XDG_CONFIG_HOME ?? join(home, '.config');
  return join(config, 'Code', 'User', 'globalStorage', EXTENSION, 'signals.sqlite');
}

function linesOf({ total, bySource, byLanguage, byVariant, chat }: FeedbackSummary): readonly string[] {
  return [
    `Suggestions: ${suggestionWords(total)}`,
    ...group('by source', bySource, suggestionWords),
    ...group('by language', byLanguage, suggestionWords),
    ...group('by variant', byVariant, suggestionWords),
    `Answers: ${answerWords(chat.answers)}`,
    ...group('by source', chat.bySource, answerWords),
    ...group('by variant', chat.byVariant, answerWords),
  ];
}

function group<Counts>(
  title: string,
  groups: Readonly<Record<string, Counts>>,
  words: (counts: Counts) => string,
): readonly string[] {
  const lines = Object.entries(groups).map(([name, counts]) => `    ${name}: ${words(counts)}`);
  return lines.length === 0 ? [] : [`  ${title}`, ...lines];
}

function suggestionWords({
  offered,
  acceptance,
  acceptanceOfSeen,
  typedThrough,
  undone,
}: OutcomeCounts): string {
  return [
    `${offered} offered`,
    `accepted ${share(acceptance)}`,
    `of those seen ${share(acceptanceOfSeen)}`,
    `${typedThrough} typed by hand`,
    `${undone} undone`,
  ].join(', ');
}

function answerWords({ done, stopped, failed, used }: AnswerCounts): string {
  return `${done} done, ${stopped} stopped, ${failed} failed, used ${share(used)}`;
}

function share({ count, of, low, high }: Proportion): string {
  if (of === 0) return '0 of 0';
  const percent = (value: number) => Math.round(100 * value);
  return `${count} of ${of} (${percent(low)}–${percent(high)} %)`;
}
