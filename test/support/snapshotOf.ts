import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** All that is in a folder: of every entry its mode, owner and times, what a file holds and where a link leads. */
export function snapshotOf(folder: string): Readonly<Record<string, unknown>> {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()];
  return Object.fromEntries(names.map((name) => [name, describe(join(folder, name))]));
}

function describe(path: string): unknown {
  const stats = lstatSync(path);
  const { mode, uid, size, mtimeMs } = stats;
  const holds = stats.isFile()
    ? readFileSync(path, 'latin1')
    : stats.isSymbolicLink()
      ? readlinkSync(path)
      : undefined;
  return { mode, uid, mtimeMs, ...(!stats.isDirectory() && { size }), holds };
}
