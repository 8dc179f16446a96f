import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assemble, ASSEMBLED, assembledPath } from '../../../bin/dev/lib/assemble.mjs';
import { ROOT } from '../../../bin/dev/lib/places.mjs';

it.each(ASSEMBLED)('%s is what the module beside it was assembled from', async (source) => {
  const kept = readFileSync(join(ROOT, assembledPath(source)), 'utf8');
  expect(kept).toBe(await assemble(join(ROOT, source)));
});
