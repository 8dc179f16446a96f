import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** What a page of ours is made of. */
interface WebviewPage {
  readonly title: string;
  /** Name of the bundle in `dist/webview` and of the style sheet in `media`, without their endings. */
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
    styleUri: webview.asWebviewUri(Uri.joinPath(media, `${name}.css`)).toString(),
  });
}

interface PageParts {
  readonly title: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Unguessable, new for every page. */
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

/** The page of a webview. Its policy lets in our own script and style sheet: no images, frames or connections. */
export function webviewHtml({ title, cspSource, nonce, scriptUri, styleUri }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeAttribute(title)}</title>
    <link rel="stylesheet" href="${escapeAttribute(styleUri)}">
  </head>
  <body>
    <div id="app"></div>
    <script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>
  </body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
