import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installOnce } from '../../../bin/dev/lib/installOnce.mjs';

describe('installing a folder once', () => {
  let home: string;
  let target: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'touchstone-install-'));
    target = join(home, 'cache', 'tool-1');
  });
  afterEach(() => rm(home, { recursive: true }));

  /** Writes one file into a folder below the one to work in, and hands that folder over. */
  const fill = (text: string) => async (work: string) => {
    const result = join(work, 'result');
    await mkdir(result);
    await writeFile(join(result, 'file'), text);
    return result;
  };

  it('puts the result in place and nothing beside it, and does not do it again', async () => {
    await installOnce(target, fill('first'));
    await installOnce(target, fill('second'));
    expect(await readFile(join(target, 'file'), 'utf8')).toBe('first');
    expect(await readdir(join(home, 'cache'))).toEqual(['tool-1']);
  });

  it('leaves no half a folder when filling fails, and starts clean the next time', async () => {
    const broken = installOnce(target, async (work) => {
      await fill('half')(work);
      throw new Error('no network');
    });
    await expect(broken).rejects.toThrow('no network');
    expect(await readdir(join(home, 'cache'))).not.toContain('tool-1');
    await installOnce(target, fill('whole'));
    expect(await readFile(join(target, 'file'), 'utf8')).toBe('whole');
    expect(await readdir(join(home, 'cache'))).toEqual(['tool-1']);
  });
});
