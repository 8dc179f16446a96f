import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DefinitionSketches,
  MAX_SKETCH,
  type DefinitionSketch,
} from '../../../src/core/retrieval/definitionSketches.ts';
import { DefinitionKind } from '../../../src/core/retrieval/definitionKind.ts';
import { SketchBuilder } from '../../../src/core/retrieval/chunkTerms.ts';

const sketch: fc.Arbitrary<DefinitionSketch> = fc
  .array(fc.nat(2 ** 31), { maxLength: MAX_SKETCH })
  .chain((terms) =>
    fc
      .record({ nameLength: fc.nat(terms.length), kind: fc.constantFrom(...Object.values(DefinitionKind)) })
      .map((rest) => ({ terms: Uint32Array.from(terms), ...rest })),
  );
const file = fc.array(fc.array(sketch, { maxLength: 3 }), { maxLength: 4 });

describe('DefinitionSketches', () => {
  it('gives back what was set last for each chunk', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b'), file)), (changes) => {
        const sketches = new DefinitionSketches();
        const expected = new Map<string, readonly (readonly DefinitionSketch[])[]>();
        for (const [path, chunks] of changes) {
          sketches.set(path, chunks);
          expected.set(path, chunks);
        }
        for (const [path, chunks] of expected) {
          for (const [ordinal, each] of chunks.entries()) expect(sketches.of(path, ordinal)).toEqual(each);
          expect(sketches.of(path, chunks.length)).toEqual([]);
        }
      }),
    );
  });

  it('knows nothing of files that are gone', () => {
    const sketches = new DefinitionSketches();
    sketches.set('a', [[{ terms: Uint32Array.of(1), nameLength: 1, kind: DefinitionKind.Type }]]);
    sketches.delete('a');
    expect(sketches.of('a', 0)).toEqual([]);
  });
});

describe('SketchBuilder', () => {
  it('keeps the first terms with how often they come, and only parts of words', () => {
    const builder = new SketchBuilder((term) => term !== 5);
    builder.add([7, 5], 4);
    builder.add([7, 9], 1);
    expect(builder.length).toBe(2);
    expect(builder.build(1, DefinitionKind.Type)).toEqual({
      terms: Uint32Array.of((7 << 8) | 5, (9 << 8) | 1),
      nameLength: 1,
      kind: DefinitionKind.Type,
    });
    builder.add(
      Array.from({ length: 100 }, (_, term) => term + 10),
      300,
    );
    const { terms } = builder.build(0, DefinitionKind.Value);
    expect(terms).toHaveLength(MAX_SKETCH);
    expect(terms[0]).toBe((10 << 8) | 255);
  });
});
