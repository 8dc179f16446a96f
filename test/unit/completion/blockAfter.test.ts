import { describe, expect, it } from 'vitest';
import { accepted, modelOf } from './modelOf.ts';

const HEAD = 'setUp(engine, options);\nconst result = await engine.run(options.input);\n';
const BLOCK = 'if (result.failed) {\n  report(result.error);\n\n  throw result.error;\n}\n';

describe('a block of lines', () => {
  const model = modelOf({ 'a.ts': `${HEAD}${BLOCK}finish();\n` });

  it('is completed as a whole where one source agrees over a long context', () => {
    expect(accepted(model, 'b.ts', `${HEAD}|\n`)).toBe(`${HEAD}${BLOCK}`);
  });

  it('takes the line endings of the file', () => {
    const head = HEAD.replaceAll('\n', '\r\n');
    expect(accepted(model, 'b.ts', `${head}|\r\n`)).toBe(`${head}${BLOCK.replaceAll('\n', '\r\n')}`);
  });

  it('takes the indentation of the cursor', () => {
    const indent = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by);
    expect(accepted(model, 'b.ts', `${indent(HEAD, '    ')}    |\n`)).toBe(indent(HEAD + BLOCK, '    '));
  });

  it('is not mixed of tabs and spaces', () => {
    const head = HEAD.replaceAll(/^(?=.)/gm, '\t');
    expect(accepted(model, 'b.ts', `${head}\t|\n`)).toBe(`${head}\tif (result.failed) {\n`);
  });

  it('is not repeated when the lines below are there already', () => {
    expect(accepted(model, 'b.ts', `${HEAD}|\n  report(result.error);\n}\n`)).toBe(
      `${HEAD}if (result.failed) {\n  report(result.error);\n}\n`,
    );
  });

  it('is not completed inside a line', () => {
    expect(accepted(model, 'b.ts', `${HEAD}if (|\n`)).toBe(`${HEAD}if (result.failed) {\n`);
  });

  it('is not completed where sources disagree about it', () => {
    const other = BLOCK.replace('report', 'log');
    const both = modelOf({ 'a.ts': `${HEAD}${BLOCK}finish();\n`, 'c.ts': `${HEAD}${other}finish();\n` });
    expect(accepted(both, 'b.ts', `${HEAD}|\n`)).toBe(`${HEAD}if (result.failed) {\n`);
  });

  it('is not completed when it is long, or never closed', () => {
    const long = `if (result.failed) {\n${'  again(result.error);\n'.repeat(13)}}\n`;
    expect(accepted(modelOf({ 'a.ts': HEAD + long }), 'b.ts', `${HEAD}|\n`)).toBe(
      `${HEAD}if (result.failed) {\n`,
    );
    const open = 'if (result.failed) {\n  again(result.error);\n';
    expect(accepted(modelOf({ 'a.ts': HEAD + open }), 'b.ts', `${HEAD}|\n`)).toBe(
      `${HEAD}if (result.failed) {\n`,
    );
  });
});
