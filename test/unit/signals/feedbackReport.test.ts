import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { feedbackReport, type FeedbackReportContext } from '../../../src/core/signals/feedbackReport.ts';
import { summarize } from '../../../src/core/signals/summarize.ts';
import type { FeedbackSummary } from '../../../src/core/signals/summary.ts';
import { expectGolden } from '../../support/golden.ts';

const golden = (name: string) => join(import.meta.dirname, 'golden', name);

const context: FeedbackReportContext = {
  ledger: '/home/ada/.config/Code/User/globalStorage/touchstone.touchstone/signals.sqlite',
  isRecording: true,
  formatTime: (at) => new Date(at).toISOString().slice(0, 16).replace('T', ' '),
};

const summary: FeedbackSummary = {
  total: { offered: 131, accepted: 34, ignored: 86 },
  byLanguage: {
    go: { offered: 11, accepted: 0, ignored: 0 },
    typescript: { offered: 109, accepted: 34, ignored: 75 },
    'odd|name': { offered: 11, accepted: 0, ignored: 11 },
  },
  bySource: { 'workspace-model': { offered: 131, accepted: 34, ignored: 86 } },
  recent: [
    { at: 1_790_000_000_000, language: 'go', source: 'workspace-model', length: 12, outcome: 'pending' },
    {
      at: 1_789_999_000_000,
      language: 'typescript',
      source: 'workspace-model',
      length: 80,
      outcome: 'accepted',
    },
    { at: 1_789_998_000_000, language: 'odd|name', source: 'workspace-model', length: 3, outcome: 'ignored' },
  ],
};

describe('feedbackReport', () => {
  test('a full page', () => {
    expectGolden(golden('feedback.md'), feedbackReport(summary, context));
  });

  test('before anything was recorded', () => {
    expectGolden(golden('feedbackEmpty.md'), feedbackReport(summarize([]), context));
  });

  test('before anything was recorded, with recording off', () => {
    const report = feedbackReport(summarize([]), { ...context, isRecording: false });
    expect(report).toContain('recording is switched off');
    expect(report).toContain('touchstone.signals.enabled');
    expect(report).not.toContain('Recording is on');
  });

  test('every number of an acceptance rate says of how many', () => {
    for (const [percent] of feedbackReport(summary, context).matchAll(/\d+ %.{0,10}/g)) {
      expect(percent).toMatch(/^\d+ % \(n = \d+/);
    }
  });
});
