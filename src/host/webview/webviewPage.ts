import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';
import { webviewHtml } from './webviewHtml.ts';

/** What a page of ours is made of. */
interface WebviewPage {
  readonly title: string;
  /** Name of the bundle in `dist/webview` and of its own style sheet in `media`, without their endings. */
  readonly name: string;
}

/** Loads a page of ours into a webview, which may then read our bundles and style sheets and nothing else. */
export function loadPage(webview: Webview, extensionUri: Uri, { title, name }: WebviewPage): void {
  const media = Uri.joinPath(extensionUri, 'media');
  const bundles = Uri.joinPath(extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [media, bundles] };
  webview.html = webviewHtml({
    title,
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    scriptUri: webview.asWebviewUri(Uri.joinPath(bundles, `${name}.js`)).toString(),
    styleUris: ['shared', name].map((style) =>
      webview.asWebviewUri(Uri.joinPath(media, `${style}.css`)).toString(),
    ),
  });
}
