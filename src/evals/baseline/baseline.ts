import * as z from 'zod';
import { BUILT_IN } from '../../core/models/modelChoice.ts';
import { counted } from '../counted.ts';
import type { Suite } from '../evaluation.ts';
import { SUITES } from './scoredCase.ts';

const count = z.int().nonnegative();
const scores = z.record(z.string(), z.number().min(0).max(1));

const suite = z
  .object({ count, mean: scores, cases: z.record(z.string(), scores) })
  .refine((read) => Object.keys(read.cases).length === read.count, {
    message: 'there are more or fewer cases than `count` says, as after a merge',
  });

/** A baseline file. `wanted` is the number of cases asked for; `count` how many the workspace gave. */
export const baselineSchema = z.object({
  format: z.literal(1),
  /** How the index was made; says why scores moved, and is not compared. */
  recipe: z.string(),
  seed: count,
  wanted: z.int().positive(),
  /** Who answered in the chat, and how often each question; absent without the chat. */
  model: z.string().exactOptional(),
  /**
   * The wording that the model was asked with, which says why scores moved; absent of built-in answers, and where it was
   * made while there was one wording only.
   */
  prompt: z.string().exactOptional(),
  runs: z.int().positive().exactOptional(),
  suites: z
    .object({
      retrieval: suite.exactOptional(),
      completion: suite.exactOptional(),
      chat: suite.exactOptional(),
    })
    .refine((read) => SUITES.some((name) => read[name]), { message: 'there is no suite' }),
});

/** The scores that an evaluation is compared with: reviewed, and kept beside the code. */
export type Baseline = Readonly<z.infer<typeof baselineSchema>>;

export type SuiteBaseline = Readonly<z.infer<typeof suite>>;

/** What must be the same for two evaluations to have the same cases. */
export interface BaselineSettings {
  readonly suites: readonly Suite[];
  readonly wanted: number;
  readonly seed: number;
  /** Matter to the chat only. */
  readonly model: string;
  readonly runs: number;
}

/** What a baseline was made with. */
export function settingsOf({ suites, wanted, seed, model, runs }: Baseline): BaselineSettings {
  return {
    suites: SUITES.filter((name) => suites[name]),
    wanted,
    seed,
    model: model ?? BUILT_IN,
    runs: runs ?? 1,
  };
}

/** What the baseline was made with and the run is not, each in words; empty when they can be compared. */
export function differentSettings(baseline: Baseline, run: BaselineSettings): readonly string[] {
  const made = settingsOf(baseline);
  const words = ({ suites, wanted, seed, model, runs }: BaselineSettings): readonly string[] => [
    `suites ${suites.join(' and ')}`,
    `${wanted} cases`,
    `seed ${seed}`,
    ...(suites.includes('chat') ? [`model ${model}`, counted(runs, 'run')] : []),
  ];
  const asked = words(run);
  return words(made).flatMap((each, at) => (each === asked[at] ? [] : [`${each}, not ${asked[at] ?? ''}`]));
}
