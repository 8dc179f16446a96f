import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Each tier is a project: `npx vitest run --config test/vitest.config.ts --project unit`. */
export default defineConfig({
  test: {
    // By default one processor is left idle, which is half of a small machine; tests often wait for other processes.
    maxWorkers: availableParallelism(),
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'evals', include: ['test/evals/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'soak', include: ['test/soak/**/*.test.ts'], fileParallelism: false } },
      { test: { name: 'webview', include: ['test/webview/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 180_000,
          fileParallelism: false,
          // A whole editor in a browser now and then loses a key stroke; a second failure is a real one.
          retry: 1,
        },
      },
    ],
  },
});
