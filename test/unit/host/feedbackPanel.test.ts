import type { Uri } from 'vscode';
import { beforeEach, expect, it, vi } from 'vitest';
import { FeedbackPanel } from '../../../src/host/feedback/feedbackPanel.ts';
import type { FeedbackState } from '../../../src/protocol/feedbackState.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { settled } from './fakeChatEngine.ts';

const editor = vi.hoisted(() => ({
  receive: undefined as ((data: unknown) => void) | undefined,
  posted: [] as unknown[],
  executed: [] as string[],
  finish: [] as (() => void)[],
}));
vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  ViewColumn: { Active: -1 },
  Uri: { joinPath: (base: unknown) => base },
  commands: {
    executeCommand: (command: string) => {
      editor.executed.push(command);
      return new Promise<void>((resolve) => editor.finish.push(resolve));
    },
  },
  window: {
    createWebviewPanel: () => ({
      visible: true,
      onDidChangeViewState: () => undefined,
      onDidDispose: () => undefined,
      webview: {
        cspSource: 'vscode-resource:',
        asWebviewUri: (uri: unknown) => uri,
        onDidReceiveMessage: (listener: (data: unknown) => void) => {
          editor.receive = listener;
        },
        postMessage: (message: unknown) => {
          editor.posted.push(message);
          return Promise.resolve(true);
        },
      },
    }),
  },
}));

// The panel hands it on as it is.
const state = { isRecording: true } as FeedbackState;

let clock: FakeClock;
let logged: string[];
let reads: (() => void)[];

beforeEach(async () => {
  [editor.posted, editor.executed, editor.finish] = [[], [], []];
  [clock, logged, reads] = [new FakeClock(), [], []];
  const log = (message: string) => {
    logged.push(message);
  };
  const panel = new FeedbackPanel({
    // Only handed to the editor.
    extensionUri: {} as unknown as Uri,
    readState: () => new Promise((resolve) => reads.push(() => resolve(state))),
    clock,
    log: { warn: log, error: log },
  });
  await panel.show();
});

const send = (count: number, message: unknown) => {
  for (let times = 0; times < count; times++) editor.receive?.(message);
};

it('shows what is recorded when the page is ready', async () => {
  editor.receive?.({ type: 'ready' });
  reads[0]?.();
  await settled();
  expect(editor.posted).toEqual([{ type: 'state', state }]);
});

it('attack: a page that never stops sending is told of once a second, and most of it is not looked at', () => {
  send(10_000, { type: 'run' });
  const invalid = 'Dropped an invalid message from the feedback page';
  const tooMany = 'The feedback page sends too many messages: some are dropped';
  expect(logged.filter((message) => message === invalid)).toHaveLength(100);
  expect(logged.filter((message) => message === tooMany)).toHaveLength(1);
  clock.advance(1_000);
  send(1, { type: 'run' });
  expect(logged.at(-1)).toBe(invalid);
});

it('attack: a page that asks again and again has the records read once at a time, and once more', async () => {
  send(100, { type: 'refresh' });
  expect(reads).toHaveLength(1);
  reads[0]?.();
  await settled();
  expect(reads).toHaveLength(2);
  reads[1]?.();
  await settled();
  expect(reads).toHaveLength(2);
  expect(editor.posted).toHaveLength(2);
});

it('attack: a page that presses every button has one dialog open', async () => {
  for (const type of ['export', 'delete', 'openSettings', 'export']) send(5, { type });
  expect(editor.executed).toEqual(['touchstone.exportFeedback']);
  editor.finish[0]?.();
  await settled();
  send(1, { type: 'delete' });
  expect(editor.executed).toEqual(['touchstone.exportFeedback', 'touchstone.deleteFeedback']);
});

it.each([
  [undefined],
  ['delete'],
  [{ type: 'delete all' }],
  [{ type: ['delete'] }],
  [{ type: 'constructor' }],
  [{ command: 'touchstone.deleteFeedback' }],
])('attack: a page cannot make us do anything with %j', async (message) => {
  editor.receive?.(message);
  await settled();
  expect([editor.executed, editor.posted, reads]).toEqual([[], [], []]);
  expect(logged).toEqual(['Dropped an invalid message from the feedback page']);
});
