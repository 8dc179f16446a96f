import '../shared/withoutEval.ts';
import { render } from 'preact';
import { ChatStore } from './chatStore.ts';
import { App } from './components/app.tsx';
import { connectEditor } from './editorPort.ts';

const editor = connectEditor();
const store = new ChatStore({
  nextFrame: (callback) => requestAnimationFrame(callback),
  resync: () => {
    editor.post({ type: 'ready' });
  },
  warn: (problem) => {
    // eslint-disable-next-line no-console -- the view has no other log; the editor shows it in its developer tools
    console.warn(problem);
  },
});
const actions = {
  ask: (question: string) => {
    editor.post({ type: 'ask', question });
  },
  stop: () => {
    editor.post({ type: 'stop' });
  },
  clear: () => {
    editor.post({ type: 'clear' });
  },
  openCitation: (messageId: string, number: number) => {
    editor.post({ type: 'openCitation', messageId, number });
  },
  copied: (messageId: string, part: 'answer' | 'block' | 'selection', length: number) => {
    editor.post({ type: 'copied', messageId, part, length });
  },
  insert: (messageId: string, code: string) => {
    editor.post({ type: 'insert', messageId, code });
  },
  copyHidden: (messageId: string, code?: string) => {
    editor.post({ type: 'copy', messageId, ...(code !== undefined && { code }) });
  },
};

const root = document.querySelector('#app');
if (root) {
  const draw = (): void => {
    render(<App state={store.state} actions={actions} drafts={editor} />, root);
  };
  store.subscribe(draw);
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    store.receive(data);
  });
  draw();
  editor.post({ type: 'ready' });
}
