import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CACHE, ROOT } from '../../bin/dev/lib/places.mjs';
import { listeningAddresses } from '../support/listeningAddresses.ts';
import { descendants, isRunning } from '../support/processTree.ts';
import { launchChromium, openPage } from '../support/workbench/launchChromium.ts';
import { OUTPUT } from '../support/workbench/output.ts';
import { createWorkspace } from '../support/workbench/workspaceFolder.ts';

const SECRET_TEXT = 'only with the token';

/** In a browser's place: notes what it was started with. */
const OPENER = '#!/bin/sh\nprintf "%s\\n" "$@" >"$0.part" && mv "$0.part" "$0.arguments"\n';

describe.runIf(process.platform === 'linux')('npm run try', () => {
  let folder: string;
  let cache: string;
  let bin: string;
  let started: ChildProcess;
  let url: URL;
  let browser: Browser | undefined;

  beforeAll(async () => {
    folder = await createWorkspace({ 'notes.txt': SECRET_TEXT });
    cache = await createWorkspace({});
    bin = await createWorkspace({});
    await writeFile(join(bin, 'xdg-open'), OPENER, { mode: 0o755 });
    const PATH = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
    started = spawn(process.execPath, [join(ROOT, 'bin/dev/try.mjs'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TOUCHSTONE_DEV_CACHE: CACHE, XDG_CACHE_HOME: cache, PATH, DISPLAY: ':77' },
    });
    url = await printedAddress(started);
  });
  afterAll(async () => {
    await browser?.close();
    started.kill('SIGKILL');
    for (const path of [folder, cache, bin]) await rm(path, { recursive: true, force: true });
  });

  it('attack: prints an address of this machine that no other program shares cookies with', () => {
    expect(url.hostname).toMatch(/^[\da-f]{24}\.localhost$/);
    expect(url.searchParams.get('tkn')).toMatch(/^[\da-f]{32,}$/);
    expect(url.searchParams.get('folder')).toBe(folder);
  });

  it.each(['', 'tkn=wrong'])('serves neither workbench nor files to a request with "%s"', async (token) => {
    const page = await fetch(`${served(url).origin}/?folder=${folder}&${token}`, { redirect: 'manual' });
    expect(page.status).toBe(403);
    const file = await fetch(`${resource(url, folder)}&${token}`, { redirect: 'manual' });
    expect(file.status).toBe(403);
    expect(await file.text()).not.toContain(SECRET_TEXT);
  });

  it('serves both with the secret', async () => {
    const page = await fetch(served(url), { redirect: 'manual' });
    expect(page.status).toBe(302);
    const cookie = page.headers.get('set-cookie') ?? '';
    // Without a domain it is for this host alone.
    expect(cookie).not.toMatch(/domain/i);
    expect(cookie).toContain('vscode-tkn=');
    const file = await fetch(resource(url, folder), { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(await file.text()).toBe(SECRET_TEXT);
  });

  it('shows the folder, and the extension at work in it', async () => {
    browser = await launchChromium();
    const page = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    await page.goto(url.href);
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'notes.txt' }).waitFor();
    await page.locator('.statusbar-item', { hasText: 'Touchstone' }).first().waitFor();
    await mkdir(OUTPUT, { recursive: true });
    await page.screenshot({ path: join(OUTPUT, 'try.png') });
  });

  it('attack: shows its secret in no list of processes, the browser’s arguments included', async () => {
    await expect.poll(() => existsSync(join(bin, 'xdg-open.arguments'))).toBe(true);
    const opened = (await readFile(join(bin, 'xdg-open.arguments'), 'utf8')).trim();
    const token = url.searchParams.get('tkn') ?? '';
    expect(opened).not.toContain(token);
    expect((await readFile(opened, 'utf8')).replaceAll('&#38;', '&')).toContain(`url=${url.href}"`);
    expect((await stat(opened)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(opened))).mode & 0o777).toBe(0o700);
    for (const name of await readdir('/proc')) {
      // This test's own browser was not started with an address.
      const line = /^\d+$/.test(name) ? await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '') : '';
      expect(line).not.toContain(token);
    }
  });

  it('listens on the loopback interface only', async () => {
    const addresses = await listeningAddresses(await descendants(started.pid!));
    expect(addresses).toEqual([{ address: '127.0.0.1', port: Number(url.port) }]);
  });

  it('takes the next port when its own is taken, and says what is wrong with a bad folder', async () => {
    const second = spawn(process.execPath, [
      join(ROOT, 'bin/dev/try.mjs'),
      `--port=${url.port}`,
      '--no-open',
    ]);
    const other = await printedAddress(second);
    expect(Number(other.port)).toBeGreaterThan(Number(url.port));
    second.kill('SIGTERM');
    expect(await once(second, 'exit')).toEqual([0, null]);

    const bad = spawn(process.execPath, [join(ROOT, 'bin/dev/try.mjs'), join(folder, 'missing')]);
    const [message] = (await Promise.all([once(bad.stderr, 'data'), once(bad, 'exit')]))[0] as [Buffer];
    expect(message.toString()).toContain(`${join(folder, 'missing')} is not a folder`);
    expect(bad.exitCode).toBe(1);
  });

  it('leaves no process and no secret behind after Ctrl+C', async () => {
    const all = await descendants(started.pid!);
    const page = (await readFile(join(bin, 'xdg-open.arguments'), 'utf8')).trim();
    // At least the command itself, its guard, the server and the extension host.
    expect(all.length).toBeGreaterThan(3);
    started.kill('SIGINT');
    expect(await once(started, 'exit')).toEqual([0, null]);
    expect(await Promise.all(all.map(isRunning))).not.toContain(true);
    expect(existsSync(dirname(page))).toBe(false);
  });
});

/** The address among the lines the command prints. */
async function printedAddress({ stdout }: ChildProcess): Promise<URL> {
  let output = '';
  for await (const data of stdout!) {
    output += String(data);
    const address = /http:\/\/\S+(?=\n)/.exec(output)?.[0];
    if (address !== undefined) return new URL(address);
  }
  throw new Error(`No address was printed:\n${output}`);
}

/** The same by its number: browsers know names below `localhost`, and not every system does. */
function served(url: URL): URL {
  const numbered = new URL(url);
  numbered.hostname = '127.0.0.1';
  return numbered;
}

/** Where the server hands out a file as it is on disk. */
function resource(url: URL, folder: string): string {
  return `${served(url).origin}/vscode-remote-resource?path=${encodeURIComponent(join(folder, 'notes.txt'))}`;
}
