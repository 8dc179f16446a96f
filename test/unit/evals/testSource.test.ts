import { describe, expect, test } from 'vitest';
import { testSource } from '../../../src/core/evals/sources/testSource.ts';
import { workspaceOf, type Texts } from './evaluationFixture.ts';

/** `question => file:line of the gold` of every case. */
async function asked(texts: Texts): Promise<readonly string[]> {
  const workspace = await workspaceOf(texts);
  return workspace.files
    .flatMap((file) => testSource.casesIn(file, workspace))
    .map(({ question, gold }) => `${question} => ${gold.map((g) => `${g.path}:${g.startLine}`).join(', ')}`);
}

const gate = `export function openGate(visitor) {
  return visitor !== undefined;
}
export class GateKeeper {
  watch() {
    return true;
  }
}
`;

describe('tests of scripts', () => {
  const wrap = (body: string, head = "import { openGate, GateKeeper } from '../src/gate.ts';") =>
    `${head}\ndescribe('the gate', () => {\n${body}\n});\n`;

  test('ask with their titles for what they call of the file they are named after', async () => {
    const test_ = wrap(
      "  it('lets late visitors in twice', () => {\n    expect(openGate(1)).toBe(true);\n  });",
    );
    expect(await asked({ 'src/gate.ts': gate, 'test/gate.test.ts': test_ })).toEqual([
      'the gate: lets late visitors in twice => src/gate.ts:1',
    ]);
  });

  test('follow require, new and other names', async () => {
    const head = "const { GateKeeper: Keeper } = require('../src/gate');";
    const test_ = wrap(
      "  test('watches over late visitors', () => {\n    new Keeper().watch();\n  });",
      head,
    );
    expect(await asked({ 'src/gate.ts': gate, 'test/gate.spec.js': test_ })).toEqual([
      'the gate: watches over late visitors => src/gate.ts:4',
    ]);
  });

  test('leave out group titles that spell out the name, and titles that do', async () => {
    const test_ = `import { openGate } from './gate.ts';
describe('openGate', () => {
  it('lets late visitors in twice', () => {
    openGate(1);
  });
  it('openGate lets late visitors in', () => {
    openGate(1);
  });
});
`;
    expect(await asked({ 'gate.ts': gate, 'gate.test.ts': test_ })).toEqual([
      'lets late visitors in twice => gate.ts:1',
    ]);
  });

  test('ask nothing when the file they are named after is not what the test calls', async () => {
    const test_ = wrap(
      "  it('lets late visitors in twice', () => {\n    ringBell();\n  });",
      "import { openGate } from '../src/gate.ts';\nimport { ringBell } from '../src/bell.ts';",
    );
    const bell = 'export function ringBell() {\n}\n';
    expect(await asked({ 'src/gate.ts': gate, 'src/bell.ts': bell, 'test/gate.test.ts': test_ })).toEqual([]);
  });

  test('ask nothing when they call something of ours that is not known', async () => {
    const head = "import { openGate } from '../src/gate.ts';\nimport { ring } from '../src/bells.ts';";
    const test_ = wrap("  it('lets late visitors in twice', () => {\n    ring(openGate());\n  });", head);
    expect(await asked({ 'src/gate.ts': gate, 'test/visits.test.ts': test_ })).toEqual([]);
    const without = test_.replace('ring(openGate())', 'openGate()');
    expect(await asked({ 'src/gate.ts': gate, 'test/visits.test.ts': without })).toHaveLength(1);
  });

  test('do not take what a package exports for a definition of the same name', async () => {
    const test_ = wrap(
      "  it('lets late visitors in twice', () => {\n    openGate();\n  });",
      "import { openGate } from 'gates';",
    );
    expect(await asked({ 'src/gate.ts': gate, 'test/other.test.ts': test_ })).toEqual([]);
    const own = { 'package.json': '{ "name": "gates" }', 'src/gate.ts': gate, 'test/other.test.ts': test_ };
    expect(await asked(own)).toEqual(['the gate: lets late visitors in twice => src/gate.ts:1']);
  });
});

test('tests in Python ask with their names', async () => {
  const texts = {
    'gates/gate.py': 'def open_gate(visitor):\n    return True\n',
    'tests/test_gate.py': `from gates.gate import open_gate


class TestGate:
    def test_lets_late_visitors_in_twice(self):
        assert open_gate(1)
`,
  };
  expect(await asked(texts)).toEqual(['gate: lets late visitors in twice => gates/gate.py:1']);
});

test('titles made from names must not spell out what is looked for in words', async () => {
  const texts = {
    'gates/gate.py': 'def open_gate(visitor):\n    return True\n',
    'tests/test_gate.py': `from gates.gate import open_gate


def test_open_gate_for_late_visitors_twice():
    assert open_gate(1)
`,
  };
  expect(await asked(texts)).toEqual([]);
});

test('tests in Go ask for what they call in their folder', async () => {
  const texts = {
    'gate/gate.go': 'package gate\n\nfunc Open(v string) bool {\n\treturn true\n}\n',
    'other/gate.go': 'package other\n\nfunc Open(v string) bool {\n\treturn true\n}\n',
    'gate/gate_test.go':
      'package gate\n\nfunc TestLetsLateVisitorsInTwice(t *testing.T) {\n\tif !Open("a") {\n\t\tt.Fail()\n\t}\n}\n',
  };
  expect(await asked(texts)).toEqual(['lets late visitors in twice => gate/gate.go:3']);
});

test('tests in Java ask for what they call of their class', async () => {
  const texts = {
    'src/main/Gate.java':
      'class Gate {\n    boolean open(String visitor) {\n        return true;\n    }\n}\n',
    'src/test/GateTest.java': `class GateTest {
    @Test
    void letsLateVisitorsInTwice() {
        assertTrue(gate.open("a"));
    }
}
`,
  };
  expect(await asked(texts)).toEqual(['lets late visitors in twice => src/main/Gate.java:2']);
});

test('the test file and its snapshots are hidden', async () => {
  const workspace = await workspaceOf({
    'gate.ts': gate,
    'gate.test.ts':
      "import { openGate } from './gate';\nit('lets late visitors in twice', () => {\n  openGate(1);\n});\n",
    '__snapshots__/gate.test.ts.snap': 'exports[`lets late visitors in twice`] = `1`;\n',
  });
  const [found] = workspace.files.flatMap((file) => testSource.casesIn(file, workspace));
  expect(found?.hides).toEqual([{ path: 'gate.test.ts' }, { path: '__snapshots__/gate.test.ts.snap' }]);
});
