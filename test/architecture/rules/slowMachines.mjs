// @ts-check

/** A test that cannot be done in a minute on a busy machine is rare; a limit below would fail for its sake alone. */
const MIN_LIMIT_MS = 60_000;

const LIMIT = `A limit in a test only ends what hangs: leave it out, or make it ${MIN_LIMIT_MS / 1000} s or more (test/support/patience.ts).`;
const CLOCK =
  'How long something takes depends on the machine: compare with something done in the same run, count, or use a FakeClock.';

/** Test functions and hooks of vitest and mocha, `each` and the like included. */
const TEST = 'CallExpression[callee.name=/^(describe|it|test|before|after|(before|after)(All|Each))$/]';
const EACH = 'CallExpression[callee.callee.property.name=/^(each|for|runIf|skipIf)$/]';

/** Syntax that makes a test fail because a machine is slow, for ESLint's `no-restricted-syntax`. */
export const slowMachines = [
  {
    selector: `Property[key.name=/^(timeout|testTimeout|hookTimeout|teardownTimeout)$/] > Literal[value<${MIN_LIMIT_MS}]`,
    message: LIMIT,
  },
  { selector: `${TEST} > Literal[value<${MIN_LIMIT_MS}]`, message: LIMIT },
  { selector: `${EACH} > Literal[value<${MIN_LIMIT_MS}]`, message: LIMIT },
  {
    selector: `VariableDeclarator[id.name=/(PATIENCE|LIMIT|TIMEOUT)(_MS)?$/] > Literal[value<${MIN_LIMIT_MS}]`,
    message: LIMIT,
  },
  { selector: 'CallExpression[callee.property.name="waitForTimeout"]', message: 'Wait for a condition.' },
  {
    selector: 'CallExpression[callee.object.name="performance"][callee.property.name="now"]',
    message: CLOCK,
  },
  {
    selector: 'CallExpression[callee.name="expect"] CallExpression[callee.object.name="Date"]',
    message: CLOCK,
  },
  {
    selector: 'CallExpression[callee.property.name=/^toBe(Less|Greater)Than/] > Identifier[name=/_MS$/]',
    message: CLOCK,
  },
  {
    selector:
      'CallExpression[callee.property.name=/^toBeLessThan/][callee.object.arguments.0.name=/(Ms|[eE]lapsed|[dD]uration)$/] > Literal',
    message: CLOCK,
  },
  {
    selector:
      'BinaryExpression[operator=/^[<>]/][left.name=/(Ms|[eE]lapsed|[dD]uration)$/] > Literal[value>0]',
    message: CLOCK,
  },
];
