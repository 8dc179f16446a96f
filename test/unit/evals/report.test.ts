import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Evaluation } from '../../../src/evals/evaluation.ts';
import { COMPLETION_METRICS } from '../../../src/evals/metrics/completionMetrics.ts';
import { RETRIEVAL_METRICS } from '../../../src/evals/metrics/retrievalMetrics.ts';
import type { CompletionOutcome, RetrievalOutcome } from '../../../src/evals/outcome.ts';
import { markup } from '../../../src/evals/report/markup.ts';
import { duration, percent } from '../../../src/evals/report/numbers.ts';
import { renderReport } from '../../../src/evals/report/renderReport.ts';
import { renderText } from '../../../src/evals/report/renderText.ts';
import { STYLES, STYLES_HASH } from '../../../src/evals/report/styles.ts';
import { summarizeOutcomes } from '../../../src/evals/summary.ts';
import { expectGolden } from '../../support/golden.ts';

const golden = (name: string) => `${import.meta.dirname}/golden/${name}`;
const base = { language: 'TypeScript', folder: 'src/gates' };

const asked: readonly RetrievalOutcome[] = [
  {
    ...base,
    id: 'doc-comment:src/gates/gate.ts#openGate:1',
    source: 'doc-comment',
    path: 'src/gates/gate.ts',
    question: 'Lets a visitor in and <notes> the visit',
    name: 'openGate',
    gold: [{ path: 'src/gates/gate.ts', startLine: 4, endLine: 6 }],
    hits: [
      {
        path: 'src/bell.ts',
        startLine: 1,
        endLine: 9,
        score: 1.1,
        legs: { lexical: 7.5, dense: 0.31 },
        startsClean: true,
        endsClean: true,
        code: '/** Rings <b>. */\nexport function ringBell() {',
      },
      {
        path: 'src/gates/gate.ts',
        startLine: 5,
        endLine: 9,
        score: 0.5,
        legs: { lexical: 3 },
        startsClean: false,
        endsClean: true,
        code: null,
      },
    ],
    goldCode: ['export function openGate(visitor) {\n…'],
    rank: 2,
    miss: null,
    elapsedMs: 1.25,
  },
  {
    ...base,
    id: 'test:test/bell.test.ts#2',
    source: 'test',
    path: 'test/bell.test.ts',
    question: 'rings until somebody opens',
    name: 'ringBell',
    gold: [
      { path: 'src/bell.ts', startLine: 3, endLine: 3 },
      { path: 'src/bell.d.ts', startLine: 1, endLine: 1 },
    ],
    hits: [],
    goldCode: ['function ringBell() {}', ''],
    rank: null,
    miss: { reason: 'ranked-low', foundAt: 23, shared: ['rings', 'opens'] },
    elapsedMs: 3,
  },
];

const line = { ...base, source: 'mask', path: 'src/gates/gate.ts', line: 5, elapsedMs: 0.2 };
const completed: readonly CompletionOutcome[] = [
  {
    ...line,
    id: 'mask:1',
    kind: 'token-border',
    before: '  const allowed = ',
    expected: 'visitor.length > 0;',
    shown: 'visitor.length > 0;',
    confidence: 0.91,
    heldBack: null,
    isExact: true,
    isFirstTokenExact: true,
    similarity: 1,
    isWellFormed: true,
  },
  {
    ...line,
    id: 'mask:2',
    kind: 'line-start',
    before: '',
    expected: 'return "<b>";',
    shown: 'return allowed;',
    confidence: 0.3,
    heldBack: null,
    isExact: false,
    isFirstTokenExact: true,
    similarity: 0.5,
    isWellFormed: null,
  },
  {
    ...line,
    id: 'mask:3',
    kind: 'inside-identifier',
    before: '  jour',
    expected: 'nal.append(visit);',
    shown: null,
    confidence: 0.1,
    heldBack: 'nal.append(visit);',
    isExact: false,
    isFirstTokenExact: false,
    similarity: null,
    isWellFormed: null,
  },
];

const evaluation: Evaluation = {
  format: 1,
  workspace: 'gates & <bells>',
  seed: 1,
  startedMs: Date.UTC(2026, 10, 20, 12, 30),
  elapsedMs: 1234,
  files: 12,
  copies: ['lib/gate.js'],
  retrieval: {
    outcomes: asked,
    available: { 'doc-comment': 1, test: 1 },
    summary: summarizeOutcomes(asked, RETRIEVAL_METRICS, { 'Kind of question': ({ source }) => source }),
    remark: 'Only 2 questions could be made.',
  },
  chat: null,
  completion: {
    outcomes: completed,
    available: { mask: 3 },
    summary: summarizeOutcomes(completed, COMPLETION_METRICS, { 'Kind of place': ({ kind }) => kind }),
    remark: null,
  },
};

describe('renderReport', () => {
  test('looks like this', () => {
    const page = renderReport(evaluation).replace(STYLES, '…').replace(STYLES_HASH, 'sha256-…');
    expectGolden(golden('report.html'), page);
  });

  test('allows its own style by hash, and nothing else', () => {
    expect(STYLES_HASH).toBe(`sha256-${createHash('sha256').update(STYLES).digest('base64')}`);
    const page = renderReport(evaluation);
    expect(page).toContain(`default-src 'none'; style-src '${STYLES_HASH}'`);
    expect(page).toContain(`<style>${STYLES}</style>`);
    expect(page).not.toMatch(/<script|\sstyle=|\son\w+=|https?:|url\(/);
  });

  test('escapes what comes from the workspace', () => {
    const hostile = '"><script>alert(1)</script>\'&';
    const page = renderReport({
      ...evaluation,
      workspace: hostile,
      retrieval: {
        ...evaluation.retrieval!,
        outcomes: asked.map((each) => ({ ...each, question: hostile, name: hostile, path: hostile })),
        remark: hostile,
      },
    });
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
  });

  test('links every place when there is somewhere to go', () => {
    const page = renderReport(evaluation, ({ path, startLine }) => `open:"${path}"#${startLine}`);
    const links = [...page.matchAll(/<a href="([^"]*)"><code>([^<]*)<\/code><\/a>/g)];
    expect(links.map(([, href, text]) => [href, text])).toEqual([
      ['open:&quot;src/bell.ts&quot;#3', 'src/bell.ts:3'],
      ['open:&quot;src/bell.d.ts&quot;#1', 'src/bell.d.ts:1'],
      ['open:&quot;src/gates/gate.ts&quot;#4', 'src/gates/gate.ts:4–6'],
      ['open:&quot;src/bell.ts&quot;#1', 'src/bell.ts:1–9'],
      ['open:&quot;src/gates/gate.ts&quot;#5', 'src/gates/gate.ts:5–9'],
      // The code of the first hits.
      ['open:&quot;src/bell.ts&quot;#1', 'src/bell.ts:1–9'],
      ...completed.map(() => ['open:&quot;src/gates/gate.ts&quot;#5', 'src/gates/gate.ts:5']),
    ]);
    expect(renderReport(evaluation)).not.toMatch(/<a href="(?!#)/);
  });

  test('lists missed questions and wrong suggestions first', () => {
    const page = renderReport(evaluation);
    expect(page.indexOf('rings until')).toBeLessThan(page.indexOf('Lets a visitor'));
    expect(page.indexOf('return allowed')).toBeLessThan(page.indexOf('>withheld</span>'));
  });

  test('has no section for a suite that did not run, and no tables without cases', () => {
    const empty = { ...evaluation.completion!, outcomes: [], remark: 'No line could be hidden.' };
    const summary = summarizeOutcomes([], COMPLETION_METRICS, {});
    const page = renderReport({ ...evaluation, retrieval: null, completion: { ...empty, summary } });
    expect(page).not.toContain('>Search</h2>');
    expect(page).toContain('No line could be hidden.');
    expect(page).not.toContain('<table');
  });
});

test('renderText says the same to a terminal', () => {
  expectGolden(golden('report.txt'), renderText(evaluation));
});

describe('markup', () => {
  test('escapes values, keeps markup and joins lists', () => {
    const inner = [1, 2].map((n) => markup`<li>${n}</li>`);
    expect(markup`<ul title="${'"<'}">${inner}${null}</ul>`.html).toBe(
      '<ul title="&quot;&lt;"><li>1</li><li>2</li></ul>',
    );
  });
});

test.each([
  [0, '0 %'],
  [0.001, '<1 %'],
  [0.705, '71 %'],
  [0.999, '>99 %'],
  [1, '100 %'],
])('%d is %s', (share, text) => {
  expect(percent(share)).toBe(text);
});

test.each([
  [0.25, '250 µs'],
  [4.21, '4.2 ms'],
  [37.4, '37 ms'],
  [1540, '1.5 s'],
])('%d ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
