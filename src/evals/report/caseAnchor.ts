import type { Suite } from '../evaluation.ts';
import { stableId } from '../stableHash.ts';

/** What the details of a case are found by on the page. */
export function caseAnchor(suite: Suite, id: string): string {
  return `${suite}-${stableId(id)}`;
}
