// Runs in the page before anything else: the editor's side of a webview, as far as the chat view can tell.
(() => {
  const key = 'fakeEditor.state';
  const posted = [];
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  /** Number of the last message about the conversation. */
  let sequence = 0;
  const send = (data) => {
    if (data?.type === 'snapshot') sequence = data.sequence;
    window.dispatchEvent(new MessageEvent('message', { data }));
  };
  /** Something happens in the conversation. */
  const happen = (...events) => {
    sequence++;
    send({ type: 'events', sequence, events });
  };
  const append = ({ messageId, text }) =>
    happen({ type: 'part', id: messageId, part: { type: 'text', text } });

  window.acquireVsCodeApi = () => {
    window.acquireVsCodeApi = () => {
      throw new Error('acquired twice');
    };
    return {
      postMessage: (message) => posted.push(structuredClone(message)),
      getState: () => JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined,
      setState: (state) => sessionStorage.setItem(key, JSON.stringify(state)),
    };
  };

  /** What the editor's own style sheet, below all others, does to the elements of every webview. */
  const editorStyle = `@layer vscode-default {
    body { padding: 0 20px; }
    a, a code { color: var(--vscode-textLink-foreground); }
    textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
    code {
      padding: 1px 3px;
      border-radius: 4px;
      background-color: var(--vscode-textPreformat-background);
      color: var(--vscode-textPreformat-foreground);
    }
    pre code { padding: 0; }
    blockquote { background: var(--vscode-textBlockQuote-background); }
  }`;

  window.fakeEditor = {
    posted,
    send,
    append,
    happen: (events) => happen(...events),

    applyTheme({ bodyClass, variables }) {
      document.adoptedStyleSheets = [new CSSStyleSheet()];
      document.adoptedStyleSheets[0].replaceSync(editorStyle);
      document.body.className = bodyClass;
      for (const [name, value] of Object.entries(variables)) {
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
      }
      document.documentElement.style.background = 'var(--vscode-sideBar-background)';
    },

    /** Appends one text a frame. */
    async stream({ messageId, parts }) {
      for (const text of parts) {
        append({ messageId, text });
        await frame();
      }
    },

    /** Appends one text a frame, as it is, to a plain page that stays at its end: as little as can be done. */
    async streamPlain(parts) {
      const plain = document.body.appendChild(document.createElement('div'));
      plain.className = 'plain';
      plain.style = 'position: fixed; inset: 0; overflow: auto; white-space: pre-wrap';
      for (const text of parts) {
        plain.appendChild(document.createElement('div')).textContent = text;
        plain.scrollTop = plain.scrollHeight;
        await frame();
      }
    },

    /** Scrolls from the start of the conversation, or of what else is named, to its end, in this many frames. */
    async scrollThrough({ frames, of = '.scroller' }) {
      const scroller = document.querySelector(of);
      for (let step = 0; step < frames; step++) {
        scroller.scrollTop = (scroller.scrollHeight * step) / (frames - 1);
        await frame();
      }
    },

    distanceFromEnd() {
      const { scrollHeight, scrollTop, clientHeight } = document.querySelector('.scroller');
      return scrollHeight - scrollTop - clientHeight;
    },
  };
})();
