// @ts-check
import { join } from 'node:path';
import { nodeBinary, toolNode } from './nodeRuntime.mjs';
import { npmCommandLine } from './npm.mjs';
import { ROOT } from './places.mjs';

/**
 * @typedef {object} Tier
 * @property {string} name what `--tier` selects; one name may stand for several runs
 * @property {string} title
 * @property {'check' | 'tests'} kind a check has no tests to count: it counts only when it fails, as one
 * @property {string} node
 * @property {readonly string[]} command
 */

const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');

/**
 * All tiers, cheapest first.
 *
 * @param {string} results file that a tier of tests writes
 * @param {readonly string[]} filters parts of names of test files; none means all
 * @returns {readonly Tier[]}
 */
export function listTiers(results, filters) {
  const node24 = toolNode();
  /** @type {(name: string, script: string) => Tier} */
  const check = (name, script) => ({
    name,
    title: name,
    kind: 'check',
    node: node24,
    command: [npmCommandLine(), 'run', '--silent', script],
  });
  /** @type {(name: string, node?: string, note?: string) => Tier} */
  const tests = (name, node = node24, note = '') => ({
    name,
    title: `${name}${note}`,
    kind: 'tests',
    node,
    command: [
      ...[VITEST, 'run', '--config', 'test/vitest.config.ts', '--project', name],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...filters],
    ],
  });
  return [
    check('typecheck', 'typecheck'),
    check('lint', 'lint'),
    check('format', 'format:check'),
    tests('architecture'),
    tests('unit'),
    tests('unit', nodeBinary(22), ', Node 22'),
    tests('contract'),
    tests('contract', nodeBinary(22), ', Node 22'),
    tests('evals'),
    tests('webview'),
    {
      name: 'host',
      title: 'host',
      kind: 'tests',
      node: node24,
      command: [
        ...['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'test/host/run.ts'],
        ...[`--results=${results}`, ...filters],
      ],
    },
    tests('e2e'),
  ];
}
