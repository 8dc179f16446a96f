import { expect, it } from 'vitest';
import { lsaMethod, type StepDrain } from '../../../src/core/indexing/vectors/lsaMethod.ts';
import { PROJECTION_DIMS, HALF_DIMS } from '../../../src/core/lsa/lsaProjection.ts';
import { decodeProjection, encodeProjection } from '../../../src/core/lsa/projectionCodec.ts';

/** As many terms as a basis of a large folder has. */
const TERMS = 20_000;

function largeBasis(): Uint8Array {
  const terms = Array.from({ length: TERMS }, (_, at) => `term${at}`);
  return encodeProjection({
    dims: PROJECTION_DIMS,
    terms,
    rarities: new Float32Array(TERMS).fill(1),
    scales: new Float32Array(TERMS * 2).fill(0.1),
    mean: new Float32Array(HALF_DIMS),
    vectors: Int8Array.from({ length: TERMS * PROJECTION_DIMS }, (_, at) => (at % 251) - 125),
  });
}

it('is opened in many steps, to the same vectors as at once', async () => {
  const bytes = largeBasis();
  let steps = 0;
  const counted: StepDrain = (work) => {
    for (; ; steps++) {
      const step = work.next();
      if (step.done === true) return step.value;
    }
  };
  const { signal } = new AbortController();
  const stepwise = await lsaMethod(counted).open(bytes, { signal });
  const atOnce = await lsaMethod().open(bytes, { signal });
  // Two checksums of 2 million words each, and 20,000 terms.
  expect(steps).toBeGreaterThan(30);
  expect(stepwise.id).toBe(atOnce.id);
  expect(stepwise.id).toBe(decodeProjection(bytes).id);
  expect(await stepwise.embed(['term7 term19999'])).toEqual(await atOnce.embed(['term7 term19999']));
});
