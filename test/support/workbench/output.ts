import { join } from 'node:path';
import { ROOT } from '../../../bin/dev/lib/places.mjs';

/** Screenshots, and what explains a failure; never committed. */
export const OUTPUT = join(ROOT, 'test/e2e/output');
