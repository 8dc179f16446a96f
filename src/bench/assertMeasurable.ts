import { UsageError } from '../cli/usageError.ts';

/** Throws `UsageError` when a benchmark would measure nothing and print zeros. `what` in the plural. */
export function assertMeasurable(count: number, what: string, place: string): void {
  if (count > 0) return;
  throw new UsageError(`There is nothing to measure: ${place} has no ${what}.`);
}

/** The store given to a benchmark of an index that is there already. */
export function givenStore({ store }: { readonly store?: string | undefined }): string {
  if (store !== undefined) return store;
  throw new UsageError(
    "This measures an index that is there. Make one with 'touchstone bench first-index <folder> --store D', then name the same folder and store.",
  );
}
