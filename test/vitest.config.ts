import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { PATIENCE_MS, TEST_LIMIT_MS } from './support/patience.ts';

/** A project for `test/<name>`, with limits that only what hangs can reach. */
const tier = (name: string, more: TestProjectInlineConfiguration['test'] = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    setupFiles: ['test/support/patientWaiting.ts'],
    testTimeout: TEST_LIMIT_MS,
    hookTimeout: TEST_LIMIT_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    ...more,
  },
});

/** Each tier is a project: `npx vitest run --config test/vitest.config.ts --project unit`. */
export default defineConfig({
  test: {
    // By default one processor is left idle, which is half of a small machine; tests often wait for other processes.
    maxWorkers: availableParallelism(),
    teardownTimeout: PATIENCE_MS,
    projects: [
      // Files share a thread's modules, which halves the time; none may leave anything behind in them.
      tier('unit', { isolate: false }),
      tier('architecture'),
      tier('contract'),
      tier('evals', { include: ['test/evals/*.test.ts'] }),
      tier('soak', { testTimeout: 4 * TEST_LIMIT_MS, fileParallelism: false }),
      tier('webview'),
      // A whole editor in a browser now and then loses a key stroke; a second failure is a real one.
      tier('e2e', { fileParallelism: false, retry: 1 }),
    ],
  },
});
