import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { captureColumns } from '../../../src/core/lsa/trainProjection.ts';
import { gramOf, timesSquare } from '../../../src/core/lsa/denseProducts.ts';
import { orthonormal } from '../../../src/core/lsa/orthonormal.ts';
import { times, transposed, type SparseRows } from '../../../src/core/lsa/sparseRows.ts';
import { SparseRowsBuilder } from '../../../src/core/lsa/sparseRowsBuilder.ts';
import { symmetricEigen } from '../../../src/core/lsa/symmetricEigen.ts';
import { Work } from '../../../src/core/lsa/work.ts';

const work = new Work(() => Promise.resolve());
const ROWS = 7;
const COLUMNS = 5;
const values = fc.array(fc.integer({ min: -9, max: 9 }), {
  minLength: ROWS * COLUMNS,
  maxLength: ROWS * COLUMNS,
});

function sparse(dense: readonly number[], columns: number): SparseRows {
  const builder = new SparseRowsBuilder(dense.length / columns, columns, 0);
  for (let row = 0; row < dense.length; row += columns) {
    for (let at = 0; at < columns; at++) if (dense[row + at] !== 0) builder.add(at, dense[row + at] ?? 0);
    builder.endRow();
  }
  return builder.build();
}

function product(a: ArrayLike<number>, b: ArrayLike<number>, inner: number, width: number): number[] {
  return Array.from({ length: (a.length / inner) * width }, (_, at) => {
    const row = Math.floor(at / width) * inner;
    return Array.from(
      { length: inner },
      (_, k) => (a[row + k] ?? 0) * (b[k * width + (at % width)] ?? 0),
    ).reduce((sum, value) => sum + value, 0);
  });
}

function turned(dense: ArrayLike<number>, width: number): number[] {
  const height = dense.length / width;
  return Array.from(
    { length: dense.length },
    (_, at) => dense[(at % height) * width + Math.floor(at / height)] ?? 0,
  );
}

describe('matrices', () => {
  it('multiplies and turns sparse ones as the definition says', async () => {
    await fc.assert(
      fc.asyncProperty(values, values, async (a, b) => {
        const dense = Float64Array.from(b.slice(0, COLUMNS * 3));
        expect([...(await times(sparse(a, COLUMNS), dense, 3, work))]).toEqual(product(a, dense, COLUMNS, 3));
        const back = await transposed(await transposed(sparse(a, COLUMNS), work), work);
        expect(back).toEqual(sparse(a, COLUMNS));
        const tall = Float64Array.from(b.slice(0, ROWS * 2));
        const turn = await times(await transposed(sparse(a, COLUMNS), work), tall, 2, work);
        expect([...turn]).toEqual(product(turned(a, COLUMNS), tall, ROWS, 2));
      }),
    );
  });

  it('finds an orthonormal basis of what columns span, dependent columns being zero', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (numbers) => {
        const dense = Float64Array.from(numbers);
        const basis = await orthonormal(dense, COLUMNS, work);
        const gram = await gramOf(basis, COLUMNS, work);
        for (let at = 0; at < gram.length; at++) {
          const isDiagonal = Math.floor(at / COLUMNS) === at % COLUMNS;
          const isUnit = isDiagonal && (gram[at] ?? 0) > 0.5;
          expect(gram[at]).toBeCloseTo(isUnit ? 1 : 0, 4);
        }
        // Projecting the columns on the basis changes nothing.
        const shares = product(turned(basis, COLUMNS), dense, ROWS, COLUMNS);
        const projected = product(basis, shares, COLUMNS, COLUMNS);
        for (const [at, value] of projected.entries()) expect(value).toBeCloseTo(numbers[at] ?? 0, 3);
      }),
    );
  });

  it('finds eigenvectors', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (numbers) => {
        const gram = await gramOf(Float64Array.from(numbers), COLUMNS, work);
        const { values: found, vectors } = await symmetricEigen(gram.slice(), COLUMNS, work);
        const scaled = vectors.map((value, at) => value * (found[at % COLUMNS] ?? 0));
        const rebuilt = product(scaled, turned(vectors, COLUMNS), COLUMNS, COLUMNS);
        for (const [at, value] of rebuilt.entries()) expect(value).toBeCloseTo(gram[at] ?? 0, 6);
        const identity = await timesSquare(
          Float64Array.from(turned(vectors, COLUMNS)),
          vectors,
          COLUMNS,
          work,
        );
        expect(identity[0]).toBeCloseTo(1, 9);
      }),
    );
  });

  it('keeps the inner products of all columns when it may keep more than there are', async () => {
    const width = 4 * COLUMNS;
    await fc.assert(
      fc.asyncProperty(values, fc.nat(), async (numbers, seed) => {
        const captured = await captureColumns(sparse(numbers, COLUMNS), width, seed, work);
        const kept = product(captured, turned(captured, width), width, COLUMNS);
        const gram = await gramOf(Float64Array.from(numbers), COLUMNS, work);
        for (const [at, value] of kept.entries()) expect(value).toBeCloseTo(gram[at] ?? 0, 1);
      }),
    );
  });
});
