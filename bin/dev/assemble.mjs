// @ts-check
// `node bin/dev/assemble.mjs`: writes the modules that are kept as text into the TypeScript beside them. Needed after
// a change of the text; a test tells when it was forgotten.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assemble, ASSEMBLED, assembledPath } from './lib/assemble.mjs';
import { ROOT } from './lib/places.mjs';
import { runScript } from './lib/setupError.mjs';

await runScript(async () => {
  for (const source of ASSEMBLED) {
    await writeFile(join(ROOT, assembledPath(source)), await assemble(join(ROOT, source)));
    console.log(`Written: ${assembledPath(source)}`);
  }
});
