import { describe, expect, test } from 'vitest';
import { codeSnippet } from '../../../src/evals/codeSnippet.ts';

describe('codeSnippet', () => {
  const lines = [
    '',
    '  def open(gate):',
    '    """Opens it."""',
    '    """Really."""',
    '    return gate.lift()',
    '',
  ];

  test('has no blank lines at its ends and no common indentation', () => {
    expect(codeSnippet(lines, { startLine: 1, endLine: 6 })).toBe(
      'def open(gate):\n  """Opens it."""\n  """Really."""\n  return gate.lift()',
    );
  });

  test('says where lines were hidden from the index', () => {
    expect(codeSnippet(lines, { startLine: 1, endLine: 6 }, (line) => line === 3 || line === 4)).toBe(
      'def open(gate):\n  ⋯ hidden\n  return gate.lift()',
    );
  });

  test('is cut after ten lines, and where a line is long', () => {
    const many = Array.from({ length: 12 }, (_, at) => `line ${at}`);
    expect(codeSnippet(many, { startLine: 1, endLine: 12 })).toBe([...many.slice(0, 10), '…'].join('\n'));
    expect(codeSnippet(many, { startLine: 1, endLine: 10 })).toBe(many.slice(0, 10).join('\n'));
    expect(codeSnippet(['x'.repeat(200)], { startLine: 1, endLine: 1 })).toHaveLength(120);
  });

  test('of lines that are not there is empty', () => {
    expect(codeSnippet(lines, { startLine: 9, endLine: 12 })).toBe('');
    expect(codeSnippet(['', ' '], { startLine: 1, endLine: 2 })).toBe('');
  });
});
