import { createPlainKernel } from './plainKernel.ts';
import type { KernelName, ScanKernel } from './scanKernel.ts';
import { createWasmKernel, hasRelaxedSimd, hasSimd } from './wasmKernel.ts';

/** Those this runtime can run, the fastest first. They differ in speed only. */
export function availableKernels(): readonly KernelName[] {
  return [
    ...(hasRelaxedSimd() ? ['relaxed-simd' as const] : []),
    ...(hasSimd() ? ['simd' as const] : []),
    'plain',
  ];
}

/** The fastest kernel unless `name` is given. */
export function createKernel(dims: number, name: KernelName = availableKernels()[0] ?? 'plain'): ScanKernel {
  return name === 'plain' ? createPlainKernel(dims) : createWasmKernel(dims, name === 'relaxed-simd');
}
