// @ts-check
// `npm run package`: dist/touchstone.vsix, which any VS Code can install.
import { statSync } from 'node:fs';
import { VSIX } from './lib/places.mjs';
import { setUp } from './lib/setUp.mjs';
import { runScript } from './lib/setupError.mjs';
import { ensureVsix } from './lib/vsix.mjs';

await runScript(async () => {
  await setUp(['node', 'deps', 'build']);
  await ensureVsix();
  console.log(`${VSIX} (${(statSync(VSIX).size / 1e6).toFixed(1)} MB)`);
});
