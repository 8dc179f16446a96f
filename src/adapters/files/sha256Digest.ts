import { createHash } from 'node:crypto';
import type { Digest } from '../../core/ports.ts';

export const sha256Digest: Digest = (bytes) => createHash('sha256').update(bytes).digest('hex');
