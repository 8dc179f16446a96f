// Runs before every test file: `vi.waitFor` and `vi.waitUntil` would give up after a second, and no configuration says
// otherwise.
import { vi } from 'vitest';
import { PATIENCE_MS } from './patience.ts';

type Options = Parameters<typeof vi.waitFor>[1];

const patient = (options: Options): Options => ({
  timeout: PATIENCE_MS,
  ...(typeof options === 'number' ? { timeout: options } : options),
});

const { waitFor, waitUntil } = vi;
vi.waitFor = (callback, options) => waitFor(callback, patient(options));
vi.waitUntil = (callback, options) => waitUntil(callback, patient(options));
