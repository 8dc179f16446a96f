import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { storeDirectory, workspaceId } from '../../../src/protocol/storeLocation.ts';
import type { StoreSurroundings } from '../../../src/protocol/storeLocation.ts';

const sha256hex = (text: string) => createHash('sha256').update(text).digest('hex');
const linux: StoreSurroundings = { platform: 'linux', env: {}, home: '/home/ada', sha256hex };
const windows: StoreSurroundings = { platform: 'win32', env: {}, home: 'C:\\Users\\ada', sha256hex };

describe('workspaceId', () => {
  it('is the first 16 hex digits of the hash of the path', () => {
    expect(workspaceId('/work/project', sha256hex)).toBe(sha256hex('/work/project').slice(0, 16));
  });

  it('tells folders apart', () => {
    expect(workspaceId('/work/a', sha256hex)).not.toBe(workspaceId('/work/b', sha256hex));
  });
});

describe('storeDirectory', () => {
  const id = workspaceId('/work/project', sha256hex);
  const place = (surroundings: StoreSurroundings) => storeDirectory('/work/project', surroundings);

  it.each([
    ['the home cache on Linux', linux, `/home/ada/.cache/touchstone/${id}`],
    [
      'XDG_CACHE_HOME on Linux',
      { ...linux, env: { XDG_CACHE_HOME: '/var/cache/ada/' } },
      `/var/cache/ada/touchstone/${id}`,
    ],
    [
      'Library/Caches on macOS',
      { ...linux, platform: 'darwin', home: '/Users/ada' },
      `/Users/ada/Library/Caches/touchstone/${id}`,
    ],
    [
      'LOCALAPPDATA on Windows',
      { ...windows, env: { LOCALAPPDATA: 'D:\\Local' } },
      `D:\\Local\\touchstone\\${id}`,
    ],
    [
      'the profile on Windows without LOCALAPPDATA',
      windows,
      `C:\\Users\\ada\\AppData\\Local\\touchstone\\${id}`,
    ],
    ['another platform like Linux', { ...linux, platform: 'freebsd' }, `/home/ada/.cache/touchstone/${id}`],
  ])('uses %s', (_, surroundings, expected) => {
    expect(place(surroundings)).toBe(expected);
  });

  it('lets TOUCHSTONE_STORE_ROOT replace the cache directory', () => {
    expect(place({ ...linux, env: { TOUCHSTONE_STORE_ROOT: '/tmp/store', XDG_CACHE_HOME: '/x' } })).toBe(
      `/tmp/store/${id}`,
    );
  });

  it('accepts the root directory as store root', () => {
    expect(place({ ...linux, env: { TOUCHSTONE_STORE_ROOT: '/' } })).toBe(`/${id}`);
  });

  it.each(['', 'relative/cache'])('ignores a cache directory that is not absolute: "%s"', (value) => {
    expect(place({ ...linux, env: { XDG_CACHE_HOME: value, TOUCHSTONE_STORE_ROOT: value } })).toBe(
      `/home/ada/.cache/touchstone/${id}`,
    );
  });
});
