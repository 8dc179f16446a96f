import { escapeHtml } from '../../core/text/escapeHtml.ts';

interface PageParts {
  readonly title: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Unguessable, new for every page. */
  readonly nonce: string;
  readonly scriptUri: string;
  /** In the order in which they apply. */
  readonly styleUris: readonly string[];
}

/** The page of a webview. Its policy lets in our own script and style sheets: no images, frames or connections. */
export function webviewHtml({ title, cspSource, nonce, scriptUri, styleUris }: PageParts): string {
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
    <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
    ${styleUris.map((uri) => `<link rel="stylesheet" href="${escapeHtml(uri)}">`).join('\n    ')}
  </head>
  <body>
    <div id="app"></div>
    <script nonce="${escapeHtml(nonce)}" src="${escapeHtml(scriptUri)}"></script>
  </body>
</html>
`;
}
