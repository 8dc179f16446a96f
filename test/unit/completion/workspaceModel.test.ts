import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLD } from '../../../src/core/completion/offer.ts';
import { WorkspaceModel } from '../../../src/core/completion/workspaceModel.ts';
import { segmentOf } from '../../support/segmentOf.ts';
import { accepted, at, modelOf, shown } from './modelOf.ts';

const SERVICE = `export function load(store) {
  const reader = store.openReader('primary', { retries: 3 });
  return reader.readAll();
}
`;

describe('WorkspaceModel', () => {
  it('goes on as a similar place in another file does', () => {
    const model = modelOf({ 'src/a.ts': SERVICE });
    expect(model.rate(at('src/b.ts', 'const reader = store.openReader(|'))).toEqual([
      {
        startOffset: 32,
        endOffset: 32,
        text: "'primary', { retries: 3 });",
        confidence: expect.any(Number) as number,
      },
    ]);
  });

  it('shows the part on which different lines agree', () => {
    const calls = ['first', 'second', 'third', 'fourth'].map(
      (name) => `  return this.store.readAll(Mode.${name}, options.${name});\n`,
    );
    const model = modelOf({ 'a.ts': calls.join(''), 'b.ts': calls.toReversed().join('') }, DEFAULT_THRESHOLD);
    expect(shown(model, 'c.ts', `${calls.join('')}  return this.sto|`)).toBe(
      `${calls.join('')}  return this.store.readAll(Mode.`,
    );
  });

  it('finishes a word of the open file where no place reads like this one', () => {
    const text = 'const subscription = open();\nuse(subscription);\nuse(subscription);\nlet y = 1 + subs|;\n';
    expect(shown(modelOf({}, DEFAULT_THRESHOLD), 'a.ts', text)).toContain('1 + subscription;');
  });

  it('completes a partly typed word and the line after it', () => {
    const model = modelOf({ 'src/a.ts': SERVICE });
    expect(accepted(model, 'src/b.ts', 'const reader = store.openR|')).toBe(
      "const reader = store.openReader('primary', { retries: 3 });",
    );
  });

  it('goes on after a whole word with the space that belongs there', () => {
    const model = modelOf({ 'src/a.ts': SERVICE });
    expect(accepted(model, 'src/b.ts', 'const reader|')).toBe(
      "const reader = store.openReader('primary', { retries: 3 });",
    );
  });

  it('does not repeat the space that is typed already', () => {
    const model = modelOf({ 'src/a.ts': SERVICE });
    expect(accepted(model, 'src/b.ts', 'const reader |')).toBe(
      "const reader = store.openReader('primary', { retries: 3 });",
    );
  });

  it('learns from the live buffer before and after the cursor, also for a file it does not know', () => {
    const model = modelOf({});
    const line = 'emitter.subscribe(channel, handlers.onMessage);';
    expect(accepted(model, 'new.ts', `${line}\nemitter.subscribe(|`)).toBe(`${line}\n${line}`);
    expect(accepted(model, 'new.ts', `emitter.subscribe(|\n\nfoo();\n${line}\n`)).toBe(
      `${line}\n\nfoo();\n${line}\n`,
    );
  });

  it('hides the indexed version of the live file', () => {
    const model = modelOf({ 'src/a.ts': SERVICE });
    expect(model.rate(at('src/a.ts', 'const reader = store.openReader(|'))).toEqual([]);
  });

  it('forgets removed files and old versions', () => {
    const model = modelOf({ 'src/a.ts': SERVICE });
    const request = at('src/b.ts', 'const reader = store.openReader(|');
    const next = segmentOf({ 'src/a.ts': SERVICE.replace("'primary'", "'standby'") });
    for (const file of next.files) model.addFile(next, file);
    expect(model.rate(request).map(({ text }) => text)).toEqual(["'standby', { retries: 3 });"]);
    expect(model.removeFile('src/a.ts')).toBe(true);
    expect(model.removeFile('src/a.ts')).toBe(false);
    expect(model.rate(request)).toEqual([]);
    expect(model.tokenCount).toBe(0);
  });

  it('prefers the place with the longer matching context', () => {
    const model = modelOf({
      'src/a.ts': 'if (isCold) { cache.warm(keys, now); }',
      'src/c.ts': 'cache.warm(values);\n'.repeat(3),
    });
    expect(accepted(model, 'src/b.ts', 'if (isCold) { cache.warm(|')).toBe(
      'if (isCold) { cache.warm(keys, now); }',
    );
  });

  it('is surer where what follows below agrees', () => {
    const model = modelOf({
      'a.ts': 'queue.drain(first);\nqueue.close();\n',
      'c.ts': 'queue.drain(second);\nqueue.pause();\n',
    });
    expect(accepted(model, 'b.ts', 'queue.drain(|\nqueue.close();\n')).toContain('drain(first)');
    expect(accepted(model, 'b.ts', 'queue.drain(|\nqueue.pause();\n')).toContain('drain(second)');
  });

  it('exchanges names as the context does', () => {
    const model = modelOf({});
    const text = 'set width(width) {\n  this.width = width;\n}\nset height(height) {\n  this.height = |\n}\n';
    expect(accepted(model, 'box.ts', text)).toContain('this.height = height;');
  });

  it('exchanges the name of the file', () => {
    const plugin = (name: string): string =>
      `class ${name} {\n  static id = "${name}";\n}\nmodule.exports = ${name};\n`;
    const model = modelOf({
      'lib/TinyPlugin.js': plugin('TinyPlugin'),
      'lib/HugePlugin.js': plugin('HugePlugin'),
    });
    expect(accepted(model, 'lib/GoodPlugin.js', 'class GoodPlugin {\n  static id = "|')).toContain(
      'id = "GoodPlugin";',
    );
  });

  it('shows nothing below the threshold', () => {
    const request = at('src/b.ts', 'const reader = store.openReader(|');
    expect(modelOf({ 'src/a.ts': SERVICE }, 1).complete(request)).toBeUndefined();
    expect(DEFAULT_THRESHOLD).toBeGreaterThan(0);
  });

  it('gives confidences between 0 and 1, best first', () => {
    const model = modelOf({ 'a.ts': 'log.info(a, b);\nlog.info(a, c);\nlog.info(c);\n', 'c.ts': SERVICE });
    const confidences = model.rate(at('b.ts', 'log.info(|')).map(({ confidence }) => confidence);
    expect(confidences).toHaveLength(3);
    expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
    expect(confidences.every((confidence) => confidence > 0 && confidence < 1)).toBe(true);
  });
});

describe('WorkspaceModel at the edges of a text', () => {
  it('knows how files begin', () => {
    const model = modelOf({
      'a.ts': "import { test } from './kit.ts';\nrun(a);\n",
      'c.ts': "import { test } from './kit.ts';\n",
    });
    expect(accepted(model, 'b.ts', '|')).toBe("import { test } from './kit.ts';");
  });

  it('does not offer lines of data cut short', () => {
    const model = modelOf({ 'a.ts': `const table = [${'1, '.repeat(100)}];\n` });
    expect(model.rate(at('b.ts', 'const table = |'))).toEqual([]);
  });

  it.each([
    ['an empty file', '|'],
    ['the beginning', '|const a = 1;'],
    ['the end', 'const a = 1;\n|'],
    ['the middle of a CR LF', 'foo();\r|\nfoo();'],
    ['the middle of a surrogate pair', 'const a = "\ud83d|\ude00";'],
  ])('survives %s', (_, marked) => {
    expect(() => modelOf({ 'a.ts': SERVICE }).rate(at('b.ts', marked))).not.toThrow();
  });

  it('answers nothing for an offset outside of the text', () => {
    const model = modelOf({ 'a.ts': SERVICE });
    expect(model.complete({ path: 'b.ts', text: 'const', offset: 6 })).toBeUndefined();
    expect(model.complete({ path: 'b.ts', text: 'const', offset: -1 })).toBeUndefined();
  });

  it('reads CR LF and writes within the line', () => {
    const model = modelOf({ 'a.ts': SERVICE.replaceAll('\n', '\r\n') });
    expect(accepted(model, 'b.ts', 'x();\r\nconst reader = store.openReader(|\r\ny();\r\n')).toBe(
      "x();\r\nconst reader = store.openReader('primary', { retries: 3 });\r\ny();\r\n",
    );
  });

  it('matches whatever the indentation is made of', () => {
    const model = modelOf({ 'a.ts': SERVICE.replaceAll('  ', '\t') });
    expect(accepted(model, 'b.ts', 'export function load(store) {\n\tconst reader = store.|')).toContain(
      "\tconst reader = store.openReader('primary', { retries: 3 });",
    );
  });

  it('copies characters beyond the basic plane whole', () => {
    const model = modelOf({ 'a.ts': 'render("😀 smile", face);' });
    expect(accepted(model, 'b.ts', 'render("|')).toBe('render("😀 smile", face);');
  });

  it('answers in a very long line', () => {
    const items = Array.from({ length: 20_000 }, (_, index) => `item${index}`).join(', ');
    const model = modelOf({ 'a.ts': `${SERVICE}const all = [${items}];` });
    expect(accepted(model, 'b.ts', `const all = [${items}]; store.openReader(|`)).toContain(
      "openReader('primary'",
    );
  });

  it('works without any file', () => {
    expect(new WorkspaceModel().complete(at('b.ts', 'const a = |'))).toBeUndefined();
  });
});
