export interface WorkbenchTarget {
  /** Absolute path of the folder to open; none for an empty window. */
  readonly folder?: string | undefined;
  /** Absolute path of an extension to load from source, as `--extensionDevelopmentPath` does on the desktop. */
  readonly developmentPath?: string | undefined;
  /** Absolute path of a module whose `run` is called in the extension host. */
  readonly testsPath?: string | undefined;
}

/**
 * The address that makes a VS Code server open a folder and load an extension under development. The server must run
 * with its smoke-test driver on, or the page ignores the latter.
 */
export function workbenchUrl(origin: string, target: WorkbenchTarget): string {
  const remote = (path: string): string => `vscode-remote://${new URL(origin).host}${path}`;
  const payload: (readonly [string, string])[] = [['skipWelcome', 'true']];
  if (target.developmentPath !== undefined) {
    payload.push(['extensionDevelopmentPath', remote(target.developmentPath)]);
  }
  if (target.testsPath !== undefined) payload.push(['extensionTestsPath', remote(target.testsPath)]);
  const query = new URLSearchParams({
    ...(target.folder === undefined ? { ew: 'true' } : { folder: target.folder }),
    payload: JSON.stringify(payload),
  });
  return `${origin}/?${query.toString()}`;
}
