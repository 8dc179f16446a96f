import { describe, expect, it, test } from 'vitest';
import { accepted, at, modelOf, shown } from './modelOf.ts';

const CALLS = 'registry.register(name, factory);\n';

describe('what stands right of the cursor', () => {
  const model = modelOf({ 'a.ts': `${CALLS}const sum = add(first, second) + offset;\n` });

  it('is not repeated', () => {
    expect(accepted(model, 'b.ts', 'registry.register(|, factory);')).toBe(
      'registry.register(name, factory);',
    );
    expect(accepted(model, 'b.ts', 'registry.register(|);')).toBe('registry.register(name, factory);');
    expect(accepted(model, 'b.ts', 'const sum = add(|) + offset;')).toBe(
      'const sum = add(first, second) + offset;',
    );
  });

  it('is replaced together with the brackets the editor closed', () => {
    expect(model.rate(at('b.ts', 'registry.register(|)'))[0]).toMatchObject({
      startOffset: 18,
      endOffset: 19,
      text: 'name, factory);',
    });
  });

  it('keeps its order: only a first argument goes before other arguments', () => {
    expect(accepted(model, 'b.ts', 'registry.register(|, other);')).toBe('registry.register(name, other);');
  });

  it('gets the space that belongs before it', () => {
    expect(accepted(model, 'b.ts', 'const sum = add(first, |+ offset;')).toBe(
      'const sum = add(first, second) + offset;',
    );
  });

  it('silences the model when it is the rest of a word', () => {
    expect(model.complete(at('b.ts', 'registry.reg|ister'))).toBeUndefined();
    expect(model.complete(at('b.ts', 'registry.register(|name'))).toBeUndefined();
  });

  it('silences the model when it is what would be suggested', () => {
    expect(model.complete(at('b.ts', 'registry.register(|name, factory);'))).toBeUndefined();
    expect(model.rate(at('b.ts', `|\n${CALLS}`)).map(({ text }) => text)).not.toContain(CALLS.trim());
  });
});

describe('what is not worth showing', () => {
  it('is nothing at all, or a lone closing bracket', () => {
    const model = modelOf({ 'a.ts': 'start(engine)\nfinish(engine)\n' });
    expect(model.complete(at('b.ts', 'start(engine|'))).toBeUndefined();
    expect(model.complete(at('b.ts', 'start(engine)|'))).toBeUndefined();
  });

  it('is a secret of another file', () => {
    const model = modelOf({ 'a.ts': 'const apiKey = "kX9fQ2mZ7pL4vR8tW1nB5c";\n' });
    expect(model.complete(at('b.ts', 'const apiKey = |'))).toBeUndefined();
  });

  it('is a comment to begin a line with', () => {
    const model = modelOf({ 'a.ts': 'alpha.beta();\n// Explains gamma.\ngamma();\n' });
    expect(model.complete(at('b.ts', 'alpha.beta();\n|'))).toBeUndefined();
  });
});

describe('a line of white space', () => {
  const model = modelOf({ 'a.ts': 'while (queue.busy()) {\n  queue.work(item);\n}\n' });

  it('is completed where its indentation is that of the text', () => {
    expect(accepted(model, 'b.ts', 'while (queue.busy()) {\n  |')).toBe(
      'while (queue.busy()) {\n  queue.work(item);',
    );
  });

  it('is left to the Tab key where the text would be indented more', () => {
    expect(model.complete(at('b.ts', 'while (queue.busy()) {\n|'))).toBeUndefined();
  });
});

describe('a password that stands in several files', () => {
  const value = 'Tr0ub4dor-and-3';

  test.each([
    ['a.ts', `const options = { password: '${value}', port: 5432 };`],
    ['a.ts', `const dbPassword = "${value}";`],
    ['a.js', `client.auth({ "api_key": "${value}" });`],
    ['a.py', `password = "${value}"`],
    ['a.go', `	Secret: "${value}",`],
    ['a.java', `String accessKey = "${value}";`],
    ['a.yaml', `  password: "${value}"`],
    ['a.yml', `  password: ${value}`],
    ['a.properties', `db.password=${value}`],
    ['a.env.example.txt', `DB_PASSWORD=${value}`],
    ['a.tf', `  password = "${value}"`],
    ['a.toml', `token = "${value}"`],
    ['a.json', `  "client_secret": "${value}",`],
    ['a.cs', `var url = "Server=x;Password=${value};";`],
    ['a.sh', `DATABASE_URL=postgres://app:${value}@db.example.com/app`],
  ])('attack: is not offered in a fourth: %s %s', (path, line) => {
    const files = Object.fromEntries([1, 2, 3].map((n) => [`${n}/${path}`, `${line}\n`]));
    const model = modelOf(files);
    const start = line.indexOf(value);
    for (let cursor = 1; cursor < start + value.length; cursor++) {
      const text = `${line.slice(0, cursor)}|`;
      // Not even its beginning, in a part of the line or in all of it; and once that is typed, not the rest.
      for (const offered of [shown(model, `4/${path}`, text), accepted(model, `4/${path}`, text)])
        expect(offered ?? '').not.toContain(cursor > start ? value : value.slice(0, 6));
    }
  });

  test('costs nobody the rest of the line', () => {
    const line = 'const user = connect(options.user, options.password, timeoutMs);';
    const model = modelOf({ 'a.ts': `${line}\n`, 'b.ts': `${line}\n` });
    expect(accepted(model, 'c.ts', 'const user = connect(|')).toBe(line);
  });
});
