import { Z95 } from '../metrics/wilsonInterval.ts';

/** The 80 % point of the standard normal distribution. */
const Z80 = 0.8416212335729143;

/**
 * The least true difference that a comparison with this standard error finds in four of five runs at the 5 % level:
 * `(z_0.975 + z_0.8) · error` (Cohen, "Statistical Power Analysis", 1988).
 */
export function minimumDetectable(error: number): number {
  return (Z95 + Z80) * error;
}
