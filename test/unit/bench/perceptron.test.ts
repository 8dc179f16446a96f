import { describe, expect, test } from 'vitest';
import { fitPerceptron } from '../../../src/bench/perceptron.ts';
import { gateOutcome } from '../../../src/core/completion/gate.ts';

/** Rows of two features and one that is not to be read; right where the two have the same sign. */
function sameSign(count: number) {
  const features = new Float32Array(3 * count);
  const isRight = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const [a, b] = [Math.sin(row * 12.9898), Math.sin(row * 78.233)];
    features.set([5 + 10 * a, b / 100, row], 3 * row);
    isRight[row] = Number(a * b > 0);
  }
  return { width: 2, stride: 3, features, isRight };
}

describe('fitPerceptron', () => {
  const examples = sameSign(8000);
  const rows = Uint32Array.from({ length: 8000 }, (_, row) => row);
  const options = { hidden: 12, epochs: 150, seed: 1 };
  const gate = fitPerceptron(examples, rows, options);

  test('learns what no single line parts, whatever the scale of its features', () => {
    expect(gateOutcome(gate, [12, 0.007])).toBeGreaterThan(0.8);
    expect(gateOutcome(gate, [-2, -0.007])).toBeGreaterThan(0.8);
    expect(gateOutcome(gate, [12, -0.007])).toBeLessThan(0.2);
    expect(gateOutcome(gate, [-2, 0.007])).toBeLessThan(0.2);
  });

  test('gives the same weights for the same seed', () => {
    const few = { hidden: 4, epochs: 2, seed: 3 };
    expect(fitPerceptron(examples, rows, few)).toEqual(fitPerceptron(examples, rows, few));
    expect(fitPerceptron(examples, rows, few)).not.toEqual(
      fitPerceptron(examples, rows, { ...few, seed: 4 }),
    );
  });
});
