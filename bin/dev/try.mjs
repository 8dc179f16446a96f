// @ts-check
// `npm run try [-- folder]`: the product at work on a real workspace, with nothing but git, Node and npm needed.
import { setUp } from './lib/setUp.mjs';
import { runScript } from './lib/setupError.mjs';
import { tryInBrowser } from './lib/tryInBrowser.mjs';
import { tryOnDesktop } from './lib/tryOnDesktop.mjs';
import { readTryOptions } from './lib/tryOptions.mjs';
import { ensureVsix } from './lib/vsix.mjs';

await runScript(async () => {
  const options = readTryOptions(process.argv.slice(2));
  if (!options) return 0;
  await setUp(['node', 'deps', 'build', ...(options.desktop ? [] : /** @type {const} */ (['editor']))]);
  await ensureVsix();
  return options.desktop ? tryOnDesktop(options.folder) : tryInBrowser(options);
});
