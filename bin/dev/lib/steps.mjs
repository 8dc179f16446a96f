// @ts-check
import { buildBundles, hasBundles } from './bundles.mjs';
import { ensureBrowser, knownBrowser } from './chromium.mjs';
import { hasDependencies, installDependencies } from './dependencies.mjs';
import { hasEditor, installEditor } from './editorInstall.mjs';
import { hasNode, installNode, runsOnToolNode } from './nodeRuntime.mjs';

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {() => boolean} isDone cheap: all of them together take well under a second
 * @property {() => Promise<void>} run
 */

/** All of set-up, in the order it must happen. @satisfies {Record<string, Step>} */
export const STEPS = {
  node: {
    title: 'Node 24, on which all tools run',
    isDone: () => runsOnToolNode() || hasNode(24),
    run: () => installNode(24),
  },
  deps: { title: 'dependencies', isDone: hasDependencies, run: installDependencies },
  build: { title: 'build', isDone: hasBundles, run: buildBundles },
  node22: {
    title: 'Node 22, which the tests run on too',
    isDone: () => hasNode(22),
    run: () => installNode(22),
  },
  editor: { title: 'headless VS Code (a minute or two, once)', isDone: hasEditor, run: installEditor },
  browser: { title: 'Chromium', isDone: () => knownBrowser() !== undefined, run: ensureBrowser },
};

/** @typedef {keyof typeof STEPS} StepName */
