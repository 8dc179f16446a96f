import { createHash } from 'node:crypto';
import type { Digest } from '../../core/ports/runtime.ts';

export const sha256Digest: Digest = (bytes) => createHash('sha256').update(bytes).digest('hex');
