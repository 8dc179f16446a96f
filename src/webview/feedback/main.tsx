import '../shared/withoutEval.ts';
import { render } from 'preact';
import type { ToFeedbackHost } from '../../protocol/feedback.ts';
import { toFeedbackView, type FeedbackState } from '../../protocol/feedbackState.ts';
import { App } from './components/app.tsx';

/** What the editor puts into the page; may be called once. */
declare function acquireVsCodeApi(): { postMessage(message: ToFeedbackHost): void };

const editor = acquireVsCodeApi();
const root = document.querySelector('#app');
const post = (type: ToFeedbackHost['type']): void => {
  editor.postMessage({ type });
};

function draw(state: FeedbackState): void {
  if (root) render(<App state={state} post={post} />, root);
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = toFeedbackView.safeParse(data);
  if (message.success) draw(message.data.state);
  // eslint-disable-next-line no-console -- the page has no other log; the editor shows it in its developer tools
  else console.warn(`Ignored an invalid message: ${message.error.message}`);
});
post('ready');
