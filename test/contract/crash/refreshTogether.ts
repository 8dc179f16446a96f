import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../support/seededRandom.ts';
import { fillFolder } from './editFolder.ts';
import { contentFromScratch, differences, indexContent } from './indexContent.ts';
import { startScript } from '../../support/startScript.ts';
import { strayFiles } from './strayFiles.ts';

/** Lets two processes edit and refresh one folder so often each. Resolves to sentences on what is wrong afterwards. */
export async function refreshTogether(seed: number, refreshes: number): Promise<readonly string[]> {
  const base = mkdtempSync(join(tmpdir(), 'touchstone-together-'));
  const place = { root: join(base, 'root'), directory: join(base, 'store') };
  mkdirSync(place.root);
  fillFolder(place.root, seededRandom(seed));
  try {
    const script = new URL('./children/editor.ts', import.meta.url);
    const children = [seed + 1, seed + 2].map((own) =>
      startScript(script, JSON.stringify({ ...place, seed: own, refreshes })),
    );
    const ends = await Promise.all(children.map(({ ended }) => ended));
    const problems = ends.flatMap(({ by, lines, errors }) => [
      ...lines.filter((line) => line.startsWith('problem')),
      ...(by === 0 ? [] : [`ended by ${by}: ${errors}`]),
    ]);
    // Each has seen its own last edits; those of the one that ended later may be news to nobody.
    const expected = await contentFromScratch(place.root);
    problems.push(...differences(await indexContent(place.root, place.directory), expected));
    problems.push(...strayFiles(place.directory).map((name) => `${name} is left over`));
    return problems.map((problem) => `seed ${seed}: ${problem}`);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}
