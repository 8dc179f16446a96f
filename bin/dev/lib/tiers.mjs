// @ts-check
import { availableParallelism } from 'node:os';
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
 * @property {string} results file that a tier of tests writes
 */

const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');

/**
 * Contract tests that say much of the same again and again (kills, damage and hostile folders by the dozen, whatever
 * chance brings) and ask nothing of Node that others do not. On the older Node, the soak test has them.
 */
const REPETITIVE = [
  'cli/bench',
  'cli/evalChat',
  'crash/campaign',
  'crash/damagedStore',
  'crash/reconcile',
  'faults/oddFiles',
  'faults/spoiledStore',
  'files/*.property',
  'git/hostileRepository',
  'hostile/*',
  'indexing/burst',
  'indexing/memoryImage',
  'models/mutations',
  'models/paidOnce',
];

/** Options of vitest that leave these out. */
const WITHOUT_REPETITIVE = REPETITIVE.map((name) => `--exclude=test/contract/${name}.test.ts`);

/**
 * All tiers, cheapest first.
 *
 * @param {string} folder for what they write
 * @param {readonly string[]} filters parts of names of test files; none means all
 * @returns {readonly Tier[]}
 */
export function listTiers(folder, filters) {
  const node24 = toolNode();
  /** @param {string} title */
  const resultsOf = (title) => join(folder, `${title}.json`);
  /** @type {(name: string, script: string) => Tier} */
  const check = (name, script) => ({
    name,
    title: name,
    kind: 'check',
    node: node24,
    command: [npmCommandLine(), 'run', '--silent', script],
    results: resultsOf(name),
  });
  /** @type {(name: string, node?: string, note?: string, options?: readonly string[]) => Tier} */
  const tests = (name, node = node24, note = '', options = []) => {
    const title = `${name}${note}`;
    const results = resultsOf(title);
    const command = [
      ...[VITEST, 'run', '--config', 'test/vitest.config.ts', '--project', name],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...options, ...filters],
    ];
    return { name, title, kind: 'tests', node, command, results };
  };
  return [
    check('typecheck', 'typecheck'),
    check('lint', 'lint'),
    check('format', 'format:check'),
    tests('architecture'),
    tests('unit'),
    tests('unit', nodeBinary(22), ', Node 22'),
    tests('contract'),
    tests('contract', nodeBinary(22), ', Node 22', WITHOUT_REPETITIVE),
    tests('evals'),
    tests('webview'),
    {
      name: 'host',
      title: 'host',
      kind: 'tests',
      node: node24,
      command: [
        ...['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'test/host/run.ts'],
        ...[`--results=${resultsOf('host')}`, ...filters],
      ],
      results: resultsOf('host'),
    },
    tests('e2e'),
  ];
}

/** Tiers that mostly wait for an editor. */
const EDITOR_TIERS = ['host', 'e2e'];

/**
 * @typedef {object} Lane
 * @property {() => Tier | undefined} next takes the tier to run now; none when nothing is left for this lane
 */

/**
 * Lanes that run side by side: what waits for an editor leaves processors to the rest. The first lane keeps the order of
 * tiers; the second runs the editor's and then helps, from the other end, so that both end at about the same time.
 *
 * @param {readonly Tier[]} tiers
 * @param {number} [processors]
 * @returns {readonly Lane[]} none that has nothing to do
 */
export function openLanes(tiers, processors = availableParallelism()) {
  const isEditor = (/** @type {Tier} */ { name }) => EDITOR_TIERS.includes(name);
  const editors = tiers.filter(isEditor);
  const others = tiers.filter((tier) => !isEditor(tier));
  const helping = { next: () => editors.shift() ?? others.pop() };
  if (processors < 2) return [{ next: () => others.shift() ?? editors.shift() }];
  if (others.length === 0) return [helping];
  return editors.length === 0 ? [{ next: () => others.shift() }] : [{ next: () => others.shift() }, helping];
}
