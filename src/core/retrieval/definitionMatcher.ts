import type { AskedName } from './askedNames.ts';
import { DefinitionKind } from './definitionKind.ts';
import type { KindFit } from './describedKind.ts';
import type { DefinitionSketch } from './definitionSketches.ts';
import type { TermLikeness } from '../lsa/termLikeness.ts';

/** How well the definitions of a chunk answer a query; each the best among them, 0 for none. */
export interface DefinitionMatch {
  /** The query's words that are in the name, and the name's words that are in the query: their F1, 0…1. */
  readonly name: number;
  /** Share of the query's weight met by words of a name that are the beginning of its own, as `config` is. */
  readonly prefix: number;
  /** The query's words that are anywhere in the sketch, and the sketch's words that are in the query: their F1, 0…1. */
  readonly words: number;
  /** How like the query the definition's terms are in the mean, -1…1. */
  readonly likeness: number;
  /** How well the kind of what matches best fits the description, -1…1. */
  readonly kind: number;
  /** How surely a definition is what a name in the query stands for, 0…1. */
  readonly defined: number;
}

/** What the matcher asks of the index. */
export interface TermKnowledge {
  textOf(term: number): string;
  /** Inverse document frequency. */
  rarity(term: number): number;
}

/** The query's terms that are parts of words: those the index has, and the texts of those it has not. */
export interface WantedTerms {
  readonly known: readonly number[];
  readonly unknown: readonly string[];
}

/** Beside names, in choosing the definition whose kind counts: mean likenesses are small numbers. */
const LIKENESS_SHARE = 2.5;
const KIND_SHARE = 0.3;
/** What adds to something, or is a part of it, is asked for by the name of all less often; judgements. */
const DEFINED: Readonly<Record<DefinitionKind, number>> = {
  [DefinitionKind.Type]: 1,
  [DefinitionKind.Function]: 0.9,
  [DefinitionKind.Predicate]: 0.9,
  [DefinitionKind.Value]: 0.6,
  [DefinitionKind.Extension]: 0.4,
};
/** The same name in another class or module than the query says. */
const ELSEWHERE = 0.5;
const MIN_PREFIX = 3;
const MIN_WORD = 4;

/** Compares definitions with one query. What it finds out about a term it remembers. */
export class DefinitionMatcher {
  readonly #terms: TermKnowledge;
  readonly #likenessTo: TermLikeness | undefined;
  readonly #kindFit: KindFit | undefined;
  /** The query's terms that are parts of words, with their rarity. */
  readonly #wanted: ReadonlyMap<number, number>;
  readonly #wantedTexts: readonly (readonly [text: string, rarity: number])[];
  readonly #total: number;
  readonly #asked: readonly AskedName[];
  readonly #likeness = new Map<number, number>();
  readonly #prefixes = new Map<number, number>();

  constructor(
    wanted: WantedTerms,
    terms: TermKnowledge,
    {
      likenessTo,
      kindFit,
      asked = [],
    }: {
      readonly likenessTo?: TermLikeness | undefined;
      readonly kindFit?: KindFit | undefined;
      readonly asked?: readonly AskedName[];
    },
  ) {
    this.#terms = terms;
    this.#likenessTo = likenessTo;
    this.#kindFit = kindFit;
    this.#asked = asked;
    this.#wanted = new Map(wanted.known.map((term) => [term, terms.rarity(term)]));
    this.#wantedTexts = [
      ...[...this.#wanted].map(([term, rarity]) => [terms.textOf(term), rarity] as const),
      ...wanted.unknown.map((text) => [text, Infinity] as const),
    ];
    this.#total = [...this.#wanted.values()].reduce((sum, rarity) => sum + rarity, 0);
  }

  match(sketches: readonly DefinitionSketch[]): DefinitionMatch {
    let [name, prefix, words, likeness, kind, defined] = [0, 0, 0, 0, 0, 0];
    for (const sketch of sketches) defined = Math.max(defined, this.#definesAsked(sketch));
    if (this.#total === 0) return { name, prefix, words, likeness, kind, defined };
    let best = -Infinity;
    for (const sketch of sketches) {
      const named = this.#nameOf(sketch);
      const begun = this.#prefixOf(sketch);
      const whole = this.#compareWhole(sketch);
      name = Math.max(name, named);
      prefix = Math.max(prefix, begun);
      words = Math.max(words, whole.words);
      likeness = Math.max(likeness, whole.likeness);
      const fit = this.#kindFit?.(sketch.kind) ?? 0;
      const sum = named + begun + LIKENESS_SHARE * whole.likeness + KIND_SHARE * fit;
      if (sum > best) kind = fit;
      best = Math.max(best, sum);
    }
    return { name, prefix, words, likeness, kind, defined };
  }

  #definesAsked({ terms, nameLength, kind }: DefinitionSketch): number {
    if (this.#asked.length === 0 || nameLength === 0) return 0;
    let name = '';
    for (let at = 0; at < nameLength; at++) name += this.#terms.textOf((terms[at] ?? 0) >>> 8);
    const asked = this.#asked.filter((each) => each.name === name);
    if (asked.length === 0) return 0;
    const around = new Set(Array.from(terms.subarray(nameLength), (term) => this.#terms.textOf(term >>> 8)));
    const isThere = asked.some(({ owner }) => owner.every((term) => around.has(term)));
    return DEFINED[kind] * (isThere ? 1 : ELSEWHERE);
  }

  #nameOf({ terms, nameLength }: DefinitionSketch): number {
    let all = 0;
    let met = 0;
    for (let at = 0; at < nameLength; at++) {
      const term = (terms[at] ?? 0) >>> 8;
      const rarity = this.#wanted.get(term);
      all += rarity ?? this.#terms.rarity(term);
      met += rarity ?? 0;
    }
    return met === 0 ? 0 : (2 * met) / (all + this.#total);
  }

  #prefixOf({ terms, nameLength }: DefinitionSketch): number {
    let met = 0;
    for (let at = 0; at < nameLength; at++) met += this.#asPrefix((terms[at] ?? 0) >>> 8);
    return met / this.#total;
  }

  /** The rarity that a term shares with the query's rarest term it begins, or that begins it. */
  #asPrefix(term: number): number {
    const known = this.#prefixes.get(term);
    if (known !== undefined) return known;
    let best = 0;
    if (!this.#wanted.has(term)) {
      const text = this.#terms.textOf(term);
      const rarity = this.#terms.rarity(term);
      for (const [wanted, wantedRarity] of this.#wantedTexts) {
        if (wanted.length < MIN_WORD || text.length < MIN_PREFIX) continue;
        if (wanted.startsWith(text) || text.startsWith(wanted))
          best = Math.max(best, Math.min(rarity, wantedRarity));
      }
    }
    this.#prefixes.set(term, best);
    return best;
  }

  #compareWhole({ terms }: DefinitionSketch): Pick<DefinitionMatch, 'words' | 'likeness'> {
    let [all, met, sum, weights] = [0, 0, 0, 0];
    for (const packed of terms) {
      const term = packed >>> 8;
      const rarity = this.#terms.rarity(term);
      all += rarity;
      if (this.#wanted.has(term)) met += rarity;
      if (this.#likenessTo === undefined) continue;
      const weight = (1 + Math.log(packed & 0xff)) * rarity;
      weights += weight;
      sum += weight * this.#likenessOf(term, this.#likenessTo);
    }
    return {
      words: met === 0 ? 0 : (2 * met) / (all + this.#total),
      likeness: weights === 0 ? 0 : sum / weights,
    };
  }

  #likenessOf(term: number, likenessTo: TermLikeness): number {
    let likeness = this.#likeness.get(term);
    if (likeness === undefined) {
      likeness = likenessTo(this.#terms.textOf(term));
      this.#likeness.set(term, likeness);
    }
    return likeness;
  }
}
