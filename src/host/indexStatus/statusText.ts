import type { Translator } from '../chat/chatNotes.ts';
import { commands } from '../editor/contributions.ts';
import { inertMarkdown } from '../editor/inertText.ts';
import type { IndexOverview } from './indexOverview.ts';

/** One sentence about the index, for the chat view, screen readers and progress notes. */
export function statusLine(overview: IndexOverview, l10n: Translator): string {
  switch (overview.state) {
    case 'noFolder':
      return l10n.t('No folder is open.');
    case 'starting':
      return l10n.t('Starting …');
    case 'scanning':
      return l10n.t('Looking for files: {0} found.', count(overview.found));
    case 'indexing':
      return indexingLine(overview, l10n);
    case 'paused':
      return pausedLine(overview, l10n);
    case 'ready':
      return readyLine(overview.files, l10n);
    case 'empty':
      return l10n.t('The index is empty. Run “Touchstone: Reindex Workspace” to fill it.');
    case 'failed':
      return l10n.t(
        'Indexing failed: {0} Run “Touchstone: Reindex Workspace” to try again.',
        asSentence(overview.message),
      );
  }
}

/** The text of the status item; `$(…)` is an icon. */
export function statusItemText(overview: IndexOverview): string {
  switch (overview.state) {
    case 'noFolder':
    case 'empty':
      return '$(circle-outline) Touchstone';
    case 'starting':
    case 'scanning':
      return '$(sync~spin) Touchstone';
    case 'indexing':
      return `$(sync~spin) Touchstone ${overview.percent} %`;
    case 'paused':
      return `$(debug-pause) Touchstone${overview.percent === undefined ? '' : ` ${overview.percent} %`}`;
    case 'ready':
      return '$(check) Touchstone';
    case 'failed':
      return '$(warning) Touchstone';
  }
}

/** Commands that the tooltip links to. */
export const linkedCommands = [
  commands.openChat,
  commands.showFeedback,
  commands.showIndexStatus,
  commands.pauseIndexing,
  commands.resumeIndexing,
  commands.cancelIndexing,
  commands.showLog,
] as const;

/** Markdown: the state, what was left out of the index, the line about the models at work, and where to go. */
export function statusTooltip(overview: IndexOverview, models: string, l10n: Translator): string {
  const showLog = `[${l10n.t('Show log')}](command:${commands.showLog})`;
  const openChat = `[${l10n.t('Open chat')}](command:${commands.openChat})`;
  const showFeedback = `[${l10n.t('Show feedback')}](command:${commands.showFeedback})`;
  const showStatus = `[${l10n.t('Show index status')}](command:${commands.showIndexStatus})`;
  const links =
    overview.state === 'noFolder'
      ? [showLog]
      : [openChat, showFeedback, showStatus, ...controlLinks(overview, l10n), showLog];
  const paragraphs = [
    ...(overview.state === 'ready'
      ? indexParagraphs(overview, l10n)
      : [inertMarkdown(statusLine(overview, l10n))]),
    inertMarkdown(models),
    links.join(' · '),
  ];
  return paragraphs.join('\n\n');
}

/** Why the chat cannot be asked anything, and what to do about it; `undefined` when it can. */
export function chatBlocked(overview: IndexOverview, l10n: Translator): string | undefined {
  switch (overview.state) {
    case 'noFolder':
      return l10n.t('Open a folder to ask about its code.');
    case 'empty':
      return l10n.t('Run “Touchstone: Reindex Workspace” to ask about this code.');
    case 'ready':
      return overview.files === 0
        ? l10n.t('There is no code in this folder to ask about yet. Add a file, or open another folder.')
        : undefined;
    case 'paused':
      return overview.files === 0
        ? l10n.t('Run “Touchstone: Resume Indexing” to ask about this code.')
        : undefined;
    default:
      return undefined;
  }
}

function controlLinks(overview: IndexOverview, l10n: Translator): readonly string[] {
  switch (overview.state) {
    case 'scanning':
    case 'indexing':
      return [
        `[${l10n.t('Pause indexing')}](command:${commands.pauseIndexing})`,
        `[${l10n.t('Cancel')}](command:${commands.cancelIndexing})`,
      ];
    case 'paused':
      return [`[${l10n.t('Resume indexing')}](command:${commands.resumeIndexing})`];
    default:
      return [];
  }
}

function indexingLine(
  { done, total, remainingMs }: Extract<IndexOverview, { state: 'indexing' }>,
  l10n: Translator,
): string {
  const line = l10n.t('Indexing {0} of {1} files.', count(done), count(total));
  if (remainingMs === undefined) return line;
  const seconds = Math.max(1, Math.round(remainingMs / 1000));
  if (seconds < 90) return `${line} ${l10n.t('About {0} s left.', seconds)}`;
  return `${line} ${l10n.t('About {0} min left.', Math.round(seconds / 60))}`;
}

function pausedLine(
  { kind, files, percent }: Extract<IndexOverview, { state: 'paused' }>,
  l10n: Translator,
): string {
  const searchable = l10n.t('{0} files can be searched.', count(files));
  const resume = l10n.t('Run “Touchstone: Resume Indexing” to go on.');
  const at = percent === undefined ? undefined : `${percent} %`;
  const state =
    kind === 'paused'
      ? at === undefined
        ? l10n.t('Indexing is paused.')
        : l10n.t('Indexing is paused at {0}.', at)
      : at === undefined
        ? l10n.t('Indexing was cancelled.')
        : l10n.t('Indexing was cancelled at {0}.', at);
  return `${state} ${searchable} ${resume}`;
}

function readyLine(files: number, l10n: Translator): string {
  if (files === 0) return l10n.t('No files to index yet.');
  return files === 1 ? l10n.t('1 file indexed.') : l10n.t('{0} files indexed.', count(files));
}

function chunksLine(chunks: number, l10n: Translator): string {
  return chunks === 1 ? l10n.t('1 chunk to search in.') : l10n.t('{0} chunks to search in.', count(chunks));
}

function indexParagraphs(
  overview: Extract<IndexOverview, { state: 'ready' }>,
  l10n: Translator,
): readonly string[] {
  const { chunks, skipped, embedding, vectorProblem } = overview;
  const reasons = [...skipped].sort(([, a], [, b]) => b - a).map(([reason, n]) => `${count(n)} ${reason}`);
  const searchable = chunks === 0 ? '' : ` ${chunksLine(chunks, l10n)}`;
  return [
    statusLine(overview, l10n) + searchable,
    ...(embedding
      ? [
          l10n.t(
            'Search by meaning is being prepared: {0} %.',
            Math.floor((100 * embedding.done) / embedding.total),
          ),
        ]
      : []),
    ...(vectorProblem === undefined
      ? []
      : [inertMarkdown(l10n.t('Search goes by words where vectors are missing: {0}', vectorProblem))]),
    ...(reasons.length === 0 ? [] : [l10n.t('Left out: {0}.', reasons.join(', '))]),
  ];
}

/** Messages of the system end as they like. */
function asSentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function count(n: number): string {
  return n.toLocaleString('en');
}
