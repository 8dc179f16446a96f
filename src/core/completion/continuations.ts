import { gapOf, gapText, packToken, type Token, wordOf } from '../text/lexer.ts';
import { type CursorSite, LIVE } from './cursorSite.ts';
import type { CorpusFile } from './corpusFile.ts';
import { lineTextOf } from './lineText.ts';
import { firstOutsideBrackets } from './suffixFit.ts';
import type { Words } from '../text/words.ts';
import type { Voter } from './voters.ts';
import type { NearbyWord } from './nearbyWords.ts';

/** One way to go on from the cursor, up to the border of a token, with what speaks for it. */
export interface Continuation {
  readonly tokens: readonly Token[];
  /** What is typed; begins at the cursor. */
  readonly text: string;
  /** The first token begins with the partly typed word. */
  readonly isPartial: boolean;
  readonly replacesSuffix: boolean;
  readonly gapAfter: boolean;
  /** Those that go on so; none when only `nearby` speaks for it. */
  readonly voters: readonly Voter[];
  readonly support: Support;
  /** Weight of its voters, each repetition of a rest of line counting less. */
  readonly weight: number;
  /** Share of the weight of what is one token shorter that goes on so. */
  readonly lastShare: number;
  /** The least such share on the way here. */
  readonly lowestShare: number;
  /** Share of its weight that the heaviest next token takes. */
  readonly nextShare: number;
  /** Share of its weight whose line ends here. */
  readonly endShare: number;
  /** How the text around uses the word that completes what is typed; for the continuation of a partly typed word. */
  readonly nearby: NearbyWord | undefined;
}

/** The best of what each of a continuation's voters brings; zeros when there is none. */
export interface Support {
  /** Words equal in a row before the place, and with further ones beyond differing names. */
  readonly exact: number;
  readonly reach: number;
  /** Words that agree below the line. */
  readonly agreement: number;
  readonly locality: number;
  /** Tokens to the nearest place in the live text. */
  readonly distance: number;
  /** Files that the places are in. */
  readonly files: number;
  /** In all places names were exchanged. */
  readonly isRenamed: boolean;
}

export interface ContinuationTree {
  /** The likely first. */
  readonly continuations: readonly Continuation[];
  /** Weight of all voters. */
  readonly totalWeight: number;
}

const MAX_CONTINUATIONS = 40;
/** Whole rests of lines that are there in any case, the heaviest. */
const MAX_LINES = 8;
/** Different rests of lines that are taken apart; what is lighter only counts into the whole. */
const MAX_RESTS = 48;
/** The n-th voter for the same rest of line counts 1/√n: the tenth repetition in a table says less than the first. */
const REPEAT_EXPONENT = 0.5;

/**
 * Everything that voters would go on with, and the words near by that begin as the typed one does, as a tree of tokens:
 * rests of lines that begin alike support their common beginning together.
 */
export function continuationTree(
  voters: readonly Voter[],
  nearby: readonly NearbyWord[],
  site: CursorSite,
  texts: Pick<Words, 'textOf'>,
): ContinuationTree {
  const tree = new Tree(site, texts);
  for (const voter of voters.toSorted((a, b) => b.weight - a.weight)) tree.add(voter);
  for (const word of nearby) tree.addWord(word);
  return tree.read();
}

interface Node {
  readonly tokens: readonly Token[];
  readonly text: string;
  readonly isPartial: boolean;
  readonly replacesSuffix: boolean;
  gapAfter: boolean;
  readonly parent: Node | undefined;
  readonly voters: Voter[];
  weight: number;
  endWeight: number;
  nextWeight: number;
  lastShare: number;
  lowestShare: number;
  nearby: NearbyWord | undefined;
}

/** Voters that propose the same rest of line. */
interface Rest {
  /** From the first token to the whole. */
  readonly path: readonly Node[];
  count: number;
}

class Tree {
  readonly #site: CursorSite;
  readonly #textOf: (word: number) => string;
  readonly #rests = new Map<string, Rest>();
  /** By text; parents come before their children. */
  readonly #nodes = new Map<string, Node>();
  readonly #firstSuffixWord: number;
  #totalWeight = 0;

  constructor(site: CursorSite, texts: Pick<Words, 'textOf'>) {
    this.#site = site;
    this.#textOf = (word) => texts.textOf(word);
    this.#firstSuffixWord = wordOf(site.tokens[site.cursor + 1] ?? 0);
  }

  add(voter: Voter): void {
    const { fit, match, words } = voter;
    if (words.length === 0) return;
    const key = `${match.isPartial ? 'p' : 'w'}${fit.replacesSuffix ? 'r' : 'i'}${words.join()}`;
    const rest = this.#rests.get(key) ?? this.#open(key, voter);
    if (rest === undefined) {
      this.#totalWeight += voter.weight;
      return;
    }
    const weight = voter.weight / (++rest.count) ** REPEAT_EXPONENT;
    this.#totalWeight += weight;
    for (const node of rest.path) {
      node.weight += weight;
      node.voters.push(voter);
    }
    const whole = rest.path.at(-1);
    if (whole) whole.endWeight += weight;
  }

  #open(key: string, voter: Voter): Rest | undefined {
    if (this.#rests.size >= MAX_RESTS) return undefined;
    const rest = { path: this.#pathOf(voter), count: 0 };
    this.#rests.set(key, rest);
    return rest;
  }

  #pathOf({ fit, match, words }: Voter): readonly Node[] {
    const { tokens, replacesSuffix, gapAfter } = fit;
    // What is to stand before brackets that the editor closed must not close them again.
    const before = replacesSuffix
      ? firstOutsideBrackets(words, this.#firstSuffixWord, this.#textOf)
      : tokens.length;
    const path: Node[] = [];
    let text = '';
    for (const [index, token] of tokens.entries()) {
      const isWhole = index === tokens.length - 1;
      text +=
        index === 0
          ? lineTextOf({ tokens: [token], isPartial: match.isPartial }, this.#site, this.#textOf)
          : gapText(gapOf(token)) + this.#textOf(wordOf(token));
      if (!isWhole && index >= before) continue;
      path.push(
        this.#nodeOf(path.at(-1), text, {
          tokens: tokens.slice(0, index + 1),
          isPartial: match.isPartial,
          replacesSuffix: isWhole && replacesSuffix,
          gapAfter: isWhole && gapAfter,
        }),
      );
    }
    return path;
  }

  #nodeOf(
    parent: Node | undefined,
    text: string,
    cut: Pick<Node, 'tokens' | 'isPartial' | 'replacesSuffix' | 'gapAfter'>,
  ): Node {
    const key = cut.replacesSuffix ? `\n${text}` : text;
    const known = this.#nodes.get(key);
    if (known) {
      known.gapAfter ||= cut.gapAfter;
      return known;
    }
    const node: Node = {
      ...cut,
      text,
      parent,
      voters: [],
      weight: 0,
      endWeight: 0,
      nextWeight: 0,
      lastShare: 0,
      lowestShare: 0,
      nearby: undefined,
    };
    this.#nodes.set(key, node);
    return node;
  }

  addWord(nearby: NearbyWord): void {
    const word = { tokens: [packToken(nearby.word, 0)], isPartial: true };
    const text = lineTextOf(word, this.#site, this.#textOf);
    const node = this.#nodeOf(undefined, text, { ...word, replacesSuffix: false, gapAfter: false });
    if (node.isPartial && node.tokens.length === 1) node.nearby = nearby;
  }

  read(): ContinuationTree {
    const nodes = [...this.#nodes.values()];
    for (const { parent, weight } of nodes) {
      if (parent) parent.nextWeight = Math.max(parent.nextWeight, weight);
    }
    for (const node of nodes) {
      node.lastShare = shareOf(node.weight, node.parent?.weight ?? this.#totalWeight);
      node.lowestShare = Math.min(node.parent?.lowestShare ?? 1, node.lastShare);
    }
    const worth = ({ weight, text }: Node): number => weight * Math.sqrt(text.length);
    const ranked = nodes.filter(({ text }) => text.trim() !== '').sort((a, b) => worth(b) - worth(a));
    const lines = ranked
      .filter(({ endWeight }) => endWeight > 0)
      .sort((a, b) => b.endWeight - a.endWeight)
      .slice(0, MAX_LINES);
    const kept = new Set([...ranked.slice(0, MAX_CONTINUATIONS), ...lines]);
    const continuations = ranked.filter((node) => kept.has(node)).map((node) => this.#read(node));
    return { continuations, totalWeight: this.#totalWeight };
  }

  #read(node: Node): Continuation {
    const { tokens, text, isPartial, replacesSuffix, gapAfter, voters, weight, lastShare, lowestShare } =
      node;
    return {
      ...{ tokens, text, isPartial, replacesSuffix, gapAfter, voters, weight, lastShare, lowestShare },
      support: supportOf(voters, this.#site.cursorPosition),
      nextShare: shareOf(node.nextWeight, weight),
      endShare: shareOf(node.endWeight, weight),
      nearby: firstOf(node).nearby,
    };
  }
}

/** Further away than any place is. */
const NOWHERE = 1e6;

function supportOf(voters: readonly Voter[], cursor: number): Support {
  let [exact, reach, agreement, locality, distance] = [0, 0, 0, 0, NOWHERE];
  let isRenamed = voters.length > 0;
  const files = new Set<CorpusFile | undefined>();
  for (const voter of voters) {
    const { match } = voter;
    exact = Math.max(exact, match.exact);
    reach = Math.max(reach, match.exact + match.loose);
    agreement = Math.max(agreement, voter.agreement);
    locality = Math.max(locality, match.locality);
    if (match.next >= LIVE) distance = Math.min(distance, Math.abs(match.next - cursor));
    files.add(match.file);
    isRenamed &&= voter.isRenamed;
  }
  return { exact, reach, agreement, locality, distance, files: files.size, isRenamed };
}

function firstOf(node: Node): Node {
  let first = node;
  while (first.parent) first = first.parent;
  return first;
}

function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
