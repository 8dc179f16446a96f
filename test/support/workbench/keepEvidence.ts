import { afterEach } from 'vitest';
import type { Workbench } from './workbench.ts';

/**
 * Keeps a screenshot and logs of each failed test in this file, under test/e2e/output.
 *
 * @param workbench the one the tests use; none while it has not started
 */
export function keepEvidence(workbench: () => Workbench | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await workbench()?.saveEvidence(task.name);
  });
}
