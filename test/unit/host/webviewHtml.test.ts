import { describe, expect, it } from 'vitest';
import { webviewHtml } from '../../../src/host/webview/webviewHtml.ts';

const html = webviewHtml({
  title: 'Touchstone',
  cspSource: "'self' https://*.vscode-cdn.net",
  nonce: 'abc123',
  scriptUri: 'https://x.test/chat.js?a="b"&c',
  styleUris: ['https://x.test/shared.css', 'https://x.test/chat.css'],
});
const policy = /Content-Security-Policy" content="([^"]*)"/
  .exec(html)?.[1]
  ?.replaceAll('&#39;', "'")
  .split('; ');

describe('webviewHtml', () => {
  it('allows our script and style sheet and nothing else', () => {
    expect(policy).toEqual([
      "default-src 'none'",
      "script-src 'nonce-abc123'",
      "style-src 'self' https://*.vscode-cdn.net",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('has one script, with the nonce, and nothing inline', () => {
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain(
      '<script nonce="abc123" src="https://x.test/chat.js?a=&quot;b&quot;&amp;c"></script>',
    );
    expect(html).not.toMatch(/<style|\son\w+=|\sstyle=/);
  });
});
