import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUIET_SETTINGS, installExtension, writeSettings } from '../../../bin/dev/lib/editorServer.mjs';
import { ROOT, VSIX } from '../../../bin/dev/lib/places.mjs';
import { ensureVsix } from '../../../bin/dev/lib/vsix.mjs';
import { Workbench } from './workbench.ts';
import { openWorkbench } from './workbenchSession.ts';

const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
};

export interface WorkbenchOptions {
  /** Absolute path of the workspace folder; none for an empty window. */
  readonly folder?: string;
  /**
   * The VSIX, built when it is out of date, or the repository itself with what is in its dist/, where
   * notifications do not pop up. Default: packaged.
   */
  readonly extension?: 'packaged' | 'development';
  readonly theme?: keyof typeof THEMES;
  /** Default: true. Otherwise the folder opens in Restricted Mode. */
  readonly trusted?: boolean;
  /** Of the window, in CSS pixels. Default: 1280 by 800. */
  readonly size?: { readonly width: number; readonly height: number };
  /** User settings on top of the quiet defaults. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Set on top of this process's environment for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Opens a folder in the real workbench with the extension; resolves when the workbench can be used. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { folder, extension = 'packaged', theme = 'dark', trusted = true } = options;
  const home = await mkdtemp(join(tmpdir(), 'touchstone-e2e-'));
  const folders = { profile: join(home, 'profile'), extensions: join(home, 'extensions') };
  writeSettings(folders.profile, {
    ...QUIET_SETTINGS,
    // What moves is drawn again and again, by the processor.
    'workbench.reduceMotion': 'on',
    'editor.cursorBlinking': 'solid',
    'security.workspace.trust.startupPrompt': 'never',
    'workbench.colorTheme': THEMES[theme],
    ...options.settings,
  });
  if (extension === 'packaged') {
    await ensureVsix();
    await installExtension(VSIX, folders);
  }
  const session = await openWorkbench({
    folder,
    ...folders,
    trusted,
    developmentPath: extension === 'development' ? ROOT : undefined,
    // Indexes built by the tests stay out of the person's own cache.
    env: { XDG_CACHE_HOME: join(home, 'cache'), ...options.env },
  });
  if (options.size) await session.page.setViewportSize(options.size);
  const workbench = new Workbench(session, () => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  try {
    await workbench.untilReady();
    return workbench;
  } catch (error) {
    await workbench.saveEvidence('start');
    await workbench.close();
    throw error;
  }
}
