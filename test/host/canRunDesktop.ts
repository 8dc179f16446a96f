const RELEASES = 'https://update.code.visualstudio.com/api/releases/stable';
const PROBE_MS = 3000;

/** Whether desktop VS Code can be downloaded and has a screen to show itself on. */
export async function canRunDesktop(): Promise<boolean> {
  const wish = process.env['TOUCHSTONE_DESKTOP'];
  if (wish === '1' || wish === '0') return wish === '1';
  const screen = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  if (process.platform === 'linux' && screen === undefined) return false;
  try {
    const response = await fetch(RELEASES, { signal: AbortSignal.timeout(PROBE_MS) });
    return response.ok;
  } catch {
    return false;
  }
}
