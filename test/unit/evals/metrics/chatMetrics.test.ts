import { describe, expect, test } from 'vitest';
import {
  CHAT_METRICS,
  citationF1,
  citationPrecision,
  citationRecall,
  mentionFaults,
  mentionScore,
} from '../../../../src/evals/metrics/chatMetrics.ts';
import type { ChatOutcome } from '../../../../src/evals/outcome.ts';
import { chatted, places, trial } from './chatFixture.ts';

function scoresOf(outcome: ChatOutcome): Record<string, number | undefined> {
  return Object.fromEntries(CHAT_METRICS.map((metric) => [metric.id, metric.of(outcome)]));
}

describe('citations', () => {
  const gold = places('a:10-20', 'b:1-5');

  test('are right when they share a line with a right place', () => {
    // Two of three are right; of the two right places only the first is cited, twice.
    const cited = places('a:20-30', 'a:12', 'c:1-5');
    expect(citationPrecision(cited, gold)).toBeCloseTo(2 / 3, 12);
    expect(citationRecall(cited, gold)).toBe(1 / 2);
    expect(citationF1(cited, gold)).toBeCloseTo((2 * (2 / 3) * 0.5) / (2 / 3 + 0.5), 12);
  });

  test('are wrong beside a right place', () => {
    expect(citationPrecision(places('a:9', 'a:21-30', 'b:6'), gold)).toBe(0);
    expect(citationF1(places('a:9'), gold)).toBe(0);
  });

  test('that are missing have no precision, a recall of 0 and an F1 of 0', () => {
    expect(citationPrecision([], gold)).toBeUndefined();
    expect(citationRecall([], gold)).toBe(0);
    expect(citationF1([], gold)).toBe(0);
  });

  test('are not judged where there is no right place', () => {
    const cited = places('a:1');
    expect([citationPrecision, citationRecall, citationF1].map((score) => score(cited, []))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('of whole files are not cut, as hits are', () => {
    expect(citationRecall(places('a:1-500'), places('a:400'))).toBe(1);
  });
});

describe('mentions', () => {
  const demands = { mustMention: ['openGate', 'visitor'], mustNotMention: ['closeGate'] };

  test('take no notice of the case of letters', () => {
    expect(mentionScore('OPENGATE lets a Visitor in.', demands)).toBe(1);
  });

  test('fail as a whole for one text missing or too much', () => {
    expect(mentionScore('openGate opens.', demands)).toBe(0);
    expect(mentionScore('openGate lets a visitor in, closeGate out.', demands)).toBe(0);
    expect(mentionFaults('closeGate: openGate', demands)).toEqual({
      missing: ['visitor'],
      extra: ['closeGate'],
    });
  });

  test('do not matter where nothing is demanded', () => {
    expect(mentionScore('anything', { mustMention: [], mustNotMention: [] })).toBeUndefined();
  });
});

describe('chat metrics', () => {
  test('are means over the trials they apply to', () => {
    const scores = scoresOf(
      chatted([
        trial({ citations: places('a:3', 'b:1'), retrieved: places('b:1-9', 'a:1-9') }),
        trial({ citations: places('a:3'), retrieved: places('a:1-9') }),
        trial({ isAbstention: true, retrieved: places('a:1-9') }),
      ]),
    );
    expect(scores).toEqual({
      'answers-or-abstains': 2 / 3,
      answers: 2 / 3,
      declines: undefined,
      // F1 of 1/2 and 1 is 2/3; nothing cited is 0.
      'citation-f1': (2 / 3 + 1 + 0) / 3,
      // The third cites nothing and has no precision.
      'citation-precision': (1 / 2 + 1) / 2,
      'citation-recall': 2 / 3,
      mentions: undefined,
      'context-recall@10': 1,
      'context-precision@10': (1 / 2 + 1 + 1) / 3,
      'context-share@10': (1 / 2 + 1 + 1) / 3,
    });
  });

  test('of a question without an answer ask for abstention alone', () => {
    const unanswerable = { gold: [], isAnswerable: false };
    const scores = scoresOf(
      chatted([trial({ isAbstention: true }), trial({ citations: places('a:1') })], unanswerable),
    );
    expect(Object.entries(scores).filter(([, score]) => score !== undefined)).toEqual([
      ['answers-or-abstains', 1 / 2],
      ['declines', 1 / 2],
    ]);
  });

  test('look at the first ten places retrieved', () => {
    const others = Array.from({ length: 10 }, (_, at) => `b:${at + 1}`);
    const scores = scoresOf(chatted([trial({ retrieved: places(...others, 'a:1-9') })]));
    expect(scores).toMatchObject({
      'context-recall@10': 0,
      'context-precision@10': 0,
      'context-share@10': 0,
    });
  });
});
