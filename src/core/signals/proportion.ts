/** A share of a few observations, with the range in which the true share is believed. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
  /** The 95 % interval, 0…1; all of it when nothing was observed. */
  readonly low: number;
  readonly high: number;
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959964;

/** `count` of `of`, with Wilson's score interval (1927), which stays sound for few observations and shares near 0 or 1. */
export function proportion(count: number, of: number): Proportion {
  if (of === 0) return { count, of, low: 0, high: 1 };
  const share = count / of;
  const z2 = Z * Z;
  const centre = share + z2 / (2 * of);
  const spread = Z * Math.sqrt((share * (1 - share) + z2 / (4 * of)) / of);
  const scale = 1 + z2 / of;
  return {
    count,
    of,
    low: count === 0 ? 0 : (centre - spread) / scale,
    high: count === of ? 1 : (centre + spread) / scale,
  };
}
