import { describe, expect, test } from 'vitest';
import { precisionChart, reliabilityDiagram } from '../../../src/evals/report/completionReport.ts';

const guesses = Array.from({ length: 40 }, (_, at) => ({ confidence: at / 40, isRight: at >= 20 }));

/** Numbers of a drawing: none may be outside of it. */
function coordinates(html: string): readonly number[] {
  return [...html.matchAll(/(?:c?[xy][12]?="|[ML]|H|V| )(-?\d+(?:\.\d+)?)/g)].map(([, number]) =>
    Number(number),
  );
}

describe('reliabilityDiagram', () => {
  const { html } = reliabilityDiagram(guesses);

  test('has a dot for each bin and says the same in words', () => {
    expect(html.match(/class="dot"/g)).toHaveLength(10);
    expect(html).toContain('4 % sure, 0 % right');
    expect(html).toContain('94 % sure, 100 % right');
  });

  test('stays within its frame', () => {
    for (const number of coordinates(html)) expect(Math.abs(number)).toBeLessThanOrEqual(380);
    expect(html).not.toContain('NaN');
  });
});

describe('precisionChart', () => {
  test('falls as more is shown, with a ring where the threshold is', () => {
    const { html } = precisionChart(guesses, 80, { shown: 0.25, precision: 1 });
    const line = /class="curve" d="M([\d.]+) ([\d.]+).*L([\d.]+) ([\d.]+)"/.exec(html)?.slice(1).map(Number);
    const [startX = 0, startY = 0, endX = 0, endY = 0] = line ?? [];
    expect(endX).toBeGreaterThan(startX);
    // Down on the page is less precise.
    expect(endY).toBeGreaterThan(startY);
    expect(html).toContain('class="ring"');
    expect(html).toContain('today 100 % right at 25 % shown');
  });

  test('has no ring when nothing is shown', () => {
    expect(precisionChart(guesses, 80, null).html).not.toContain('class="ring"');
  });
});
