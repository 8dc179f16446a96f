import { describe, expect, test } from 'vitest';
import { testSource } from '../../../src/evals/sources/testSource.ts';
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

describe('tests in Python', () => {
  const gates = 'def open_gate(visitor):\n    return visitor\n';
  const test_ = (body: string, head = 'from gates.gate import open_gate') =>
    `${head}\n\n\n${body}\n        assert open_gate(1)\n`;

  test.each([
    [
      'the package is the folder that is open',
      { '__init__.py': '', 'gates/gate.py': gates },
      'city.gates.gate',
    ],
    ['the package is a folder', { 'city/__init__.py': '', 'city/gates/gate.py': gates }, 'city.gates.gate'],
    ['the package is further down', { 'src/city/gates/gate.py': gates }, 'city.gates.gate'],
  ])('find what they import where %s', async (_, texts, module) => {
    const body = 'class GateTest(TestCase):\n    def testLetsLateVisitorsInTwice(self):';
    const all = { ...texts, 'tests/test_gate.py': test_(body, `from ${module} import open_gate`) };
    const [found] = await asked(all);
    expect(found).toMatch(/^gate: lets late visitors in twice => \S*gates\/gate\.py:1$/);
  });

  test('ask with their docstring when it says more', async () => {
    const body = `class TestGate:
    def test_visitors(self):
        """Test that visitors who come late at night are let in twice."""`;
    expect(await asked({ 'gates/gate.py': gates, 'tests/test_gate.py': test_(body) })).toEqual([
      'visitors who come late at night are let in twice => gates/gate.py:1',
    ]);
  });

  test.each([
    ['a reference', 'def test_issue_1234_late_visitors_once_more():'],
    ['the path of a definition', 'def test_city__gates__late_visitors_gate():'],
    ['how the test works', 'def test_it():\n    """This test lets random visitors in late at night."""'],
    ['nothing but where it is', 'def test_gates_gate_open_tests():'],
  ])('ask nothing that is %s', async (_, body) => {
    expect(await asked({ 'gates/gate.py': gates, 'tests/test_gate.py': test_(body) })).toEqual([]);
  });

  test('do not take what the title does not mention for the subject, unless its file is the namesake', async () => {
    const body = 'def test_remembers_late_strangers_longer():';
    const texts = (name: string) => ({ 'gates/gate.py': gates, [`tests/test_${name}.py`]: test_(body) });
    expect(await asked(texts('visits'))).toEqual([]);
    expect(await asked(texts('gate'))).toEqual(['remembers late strangers longer => gates/gate.py:1']);
  });
});

describe('tests in Go', () => {
  const gate = 'package gate\n\nfunc Open(v string) bool {\n\treturn true\n}\n';
  const wrap = (body: string, comment = '') =>
    `package gate\n\n${comment}func TestOpen(t *testing.T) {\n${body}\n\tOpen("a")\n}\n`;

  test('ask with the names of subtests and of the rows of a table', async () => {
    const body = `\tt.Run("late visitors come in twice", func(t *testing.T) {
\t\tOpen("b")
\t})
\tfor _, tt := range []struct{ name string }{
\t\t{name: "strangers have to wait outside"},
\t} {
\t}`;
    expect(await asked({ 'gate/gate.go': gate, 'gate/gate_test.go': wrap(body) })).toEqual([
      'open: late visitors come in twice => gate/gate.go:3',
      'open: strangers have to wait outside => gate/gate.go:3',
    ]);
  });

  test('ask with the comment above, without its speaker', async () => {
    const comment = '// TestOpen checks that late visitors are let in twice.\n';
    expect(await asked({ 'gate/gate.go': gate, 'gate/gate_test.go': wrap('', comment) })).toEqual([
      'late visitors are let in twice => gate/gate.go:3',
    ]);
  });

  test('ask nothing in material for tests, and take no package and no helper for the subject', async () => {
    const body = '\tt.Run("late visitors come in twice", nil)';
    expect(await asked({ 'testdata/gate.go': gate, 'testdata/gate_test.go': wrap(body) })).toEqual([]);
    const helper = `${wrap(body).replace('Open("a")', 'helper(1)')}\nfunc helper(n int) {\n\tt.Log(n)\n}\n`;
    const texts = {
      'gate/gate.go': gate,
      'gate/other.go': 'package gate\n\nfunc helper(n int) {\n\treturn\n}\n',
    };
    expect(await asked({ ...texts, 'gate/gate_test.go': helper })).toEqual([]);
  });
});

describe('tests among Rust code', () => {
  const code = `pub fn open_gate(visitor: &str) -> bool {
    visitor.len() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitor() -> &'static str {
        "late"
    }

    #[test]
    fn lets_late_visitors_in_twice() {
        assert!(open_gate(visitor()));
    }
}
`;

  test('ask for what the file defines and hide their own lines alone', async () => {
    const workspace = await workspaceOf({ 'src/gate.rs': code });
    const [found, ...others] = workspace.files.flatMap((file) => testSource.casesIn(file, workspace));
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      question: 'lets late visitors in twice',
      gold: [{ path: 'src/gate.rs', startLine: 1, endLine: 3 }],
      hides: [{ path: 'src/gate.rs', lines: { startLine: 5, endLine: 17 } }],
    });
  });

  test('define nothing that is asked for', async () => {
    const workspace = await workspaceOf({ 'src/gate.rs': code });
    expect(workspace.files[0]?.definitions.map(({ name }) => name)).toEqual(['open_gate']);
  });

  test('in a folder of their own ask for the one definition of what they call', async () => {
    const test_ = `use gates::open_gate;

#[test]
fn lets_late_visitors_through_gates_twice() {
    assert!(open_gate("late"));
}
`;
    expect(await asked({ 'src/gate.rs': code.slice(0, 80), 'tests/visits.rs': test_ })).toEqual([
      'lets late visitors through gates twice => src/gate.rs:1',
    ]);
  });
});

test('what is very long, or in many places, is no answer', async () => {
  const test_ = wrapped("  it('lets late visitors in twice', () => {\n    openGate(1);\n  });");
  const long = `export function openGate() {\n${'  step();\n'.repeat(400)}}\n`;
  expect(await asked({ 'src/gate.ts': long, 'test/gate.test.ts': test_ })).toEqual([]);
});

function wrapped(body: string): string {
  return `import { openGate } from '../src/gate.ts';\ndescribe('the gate', () => {\n${body}\n});\n`;
}
