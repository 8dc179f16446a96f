import * as z from 'zod/mini';
import type { ToHost } from '../../protocol/chat.ts';

/** What the editor puts into the page; may be called once. */
declare function acquireVsCodeApi(): {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** The view's way to the extension host, and the one thing it keeps: the text not sent yet. */
export interface EditorPort {
  post(message: ToHost): void;
  loadDraft(): string;
  saveDraft(draft: string): void;
}

const savedState = z.object({ draft: z.string() });

export function connectEditor(): EditorPort {
  const api = acquireVsCodeApi();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    loadDraft: () => savedState.safeParse(api.getState()).data?.draft ?? '',
    saveDraft: (draft) => {
      api.setState({ draft });
    },
  };
}
