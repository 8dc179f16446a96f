import { expect, test } from 'vitest';
import { escapeHtml } from '../../../src/core/text/escapeHtml.ts';

test('what means something in HTML, in elements and in attributes, is escaped', () => {
  expect(escapeHtml(`&<>"'`)).toBe('&amp;&lt;&gt;&quot;&#39;');
});

test('everything else stays, and nothing is taken for escaped already', () => {
  expect(escapeHtml('a “b” — ü')).toBe('a “b” — ü');
  expect(escapeHtml('&amp;')).toBe('&amp;amp;');
});
