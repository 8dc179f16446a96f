import * as z from 'zod';
import { baselineSchema, type Baseline } from './baseline.ts';

/** The baseline that a file's text is, or what is wrong with it. */
export function parseBaseline(text: string): Baseline | { readonly problem: string } {
  const json = parseJson(text);
  if (json === undefined) return { problem: 'is not JSON' };
  const { data, error } = baselineSchema.safeParse(json);
  return data ?? { problem: `is not a baseline (${z.prettifyError(error)})` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
