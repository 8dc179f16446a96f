/** Decides everything that is random in a soak run; `npm run test:soak -- --seed=7` sets it. */
export const soakSeed = Number(process.env['TOUCHSTONE_SOAK_SEED'] ?? 1);
