import { wordSet } from './wordSet.ts';

/** Words that say nothing by themselves, in prose as in names. */
export const GLUE_WORDS = wordSet(
  'the a an of to in is it and or for on with as by at be this that from are was not if else',
);

/**
 * Sub-tokens that say nothing about what code is for: articles and the keywords nearly every chunk contains.
 * They are indexed and searched as parts of names only.
 */
export const CODE_STOP_WORDS: ReadonlySet<string> = new Set([
  ...GLUE_WORDS,
  ...wordSet(
    'return const let var function new import export class public private static void true false null undefined ' +
      'string number boolean async await',
  ),
]);

/** Words that shape a question without naming its subject; dropped from queries that have other words left. */
export const QUESTION_STOP_WORDS = wordSet(
  'how what where which who whom whose why when do does did done can could should would will i we you my our ' +
    'your me us there here have has had am were been its their they them these those please tell show explain ' +
    'find give used happens mean means about into purpose difference between defined declared implemented',
);

/**
 * Words that questions are framed with, whatever they are about: code has them too, but seldom enough to look telling.
 */
export const QUESTION_FRAME_WORDS = wordSet(
  'work works role responsible method methods use used using handle handles perform performs specific ' +
    'provided given expected implement implements create get set check instance new object',
);
