import type { Provenance } from '../../src/core/shared/provenance.ts';

/** Provenance of something that a source without a model made. */
export function madeBy(source: string): Provenance {
  return { source, settings: '5e771265d16e5700', latencyMs: 3 };
}
