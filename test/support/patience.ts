/**
 * How long tests wait for what should come: limits in tests only end what hangs. A machine that is busy with other work
 * needs many times as long as an idle one, and that is no failure.
 */

/** For one thing that is waited for, in milliseconds. */
export const PATIENCE_MS = 180_000;

/** For one test or hook, in milliseconds. */
export const TEST_LIMIT_MS = 900_000;
