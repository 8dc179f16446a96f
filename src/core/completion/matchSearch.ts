import { anchorHash, anchorLength, BOUNDARY } from './anchor.ts';
import { MAX_CHAIN } from './anchorChains.ts';
import type { CorpusFile } from './corpusFile.ts';
import { LIVE, type TokenSpace } from './cursorSite.ts';
import { NAME } from './wordKinds.ts';

/** A place that reads like the one left of the cursor. */
export interface Match {
  /** Position of the token that follows the matched context. */
  readonly next: number;
  /** Words equal in a row, leftwards from the cursor; the beginning of the file counts as one. */
  readonly exact: number;
  /** Further words that agree beyond differing names. */
  readonly loose: number;
  readonly locality: Locality;
  readonly file: CorpusFile | undefined;
  /** True when the match is for a word only partly typed. */
  readonly isPartial: boolean;
}

/** 3 same file, 2 same folder, 1 same kind of file, 0 elsewhere. */
export type Locality = 0 | 1 | 2 | 3;

const MAX_CONTEXT = 32;
const MAX_MATCHES = 1500;
const MAX_DIFFERENCES = 3;
/** How far the live buffer is searched on either side of the cursor, in tokens. */
const LIVE_WINDOW = 60_000;

export interface Probe {
  /** Index in the live tokens of the context's last word. */
  readonly end: number;
  /** What the first word after the context must satisfy. */
  readonly accepts: (word: number) => boolean;
  readonly isPartial: boolean;
}

/** Finds places in the workspace and the live buffer whose left context is like the cursor's. */
export class MatchSearch {
  readonly #space: TokenSpace;
  readonly #localityOf: (file: CorpusFile) => Locality | undefined;
  readonly #context = new Uint32Array(MAX_CONTEXT);

  constructor(space: TokenSpace, localityOf: (file: CorpusFile) => Locality | undefined) {
    this.#space = space;
    this.#localityOf = localityOf;
  }

  find(probe: Probe): Match[] {
    const { live } = this.#space;
    for (let back = 0; back < MAX_CONTEXT; back++) {
      this.#context[back] = (live[probe.end - back] ?? 0xffffffff) >>> 8;
    }
    const found: Match[] = [];
    this.#searchLive(probe, found);
    this.#searchCorpus(probe, found);
    return found;
  }

  #searchLive(probe: Probe, found: Match[]): void {
    const { live } = this.#space;
    const last = this.#context[0] ?? 0;
    const from = Math.max(1, probe.end - LIVE_WINDOW);
    const to = Math.min(live.length - 1, probe.end + LIVE_WINDOW);
    for (let at = from; at < to; at++) {
      if ((live[at] ?? 0) >>> 8 !== last) continue;
      const next = (live[at + 1] ?? 0) >>> 8;
      if (next === BOUNDARY || !probe.accepts(next)) continue;
      found.push(this.#matchAt(LIVE + at, undefined, 3, probe));
    }
  }

  #searchCorpus(probe: Probe, found: Match[]): void {
    const { corpus } = this.#space;
    const liveWords = { wordAt: (position: number) => this.#space.wordAt(LIVE + position) };
    const hash = anchorHash(liveWords, probe.end, corpus.kinds);
    const length = anchorLength(liveWords, probe.end, corpus.kinds);
    const limit = found.length + MAX_MATCHES;
    const places = corpus.places(hash);
    for (let visits = 0, at = places.next(); at !== 0 && visits < MAX_CHAIN; at = places.next(), visits++) {
      // Other anchors share the chain.
      if (!this.#agrees(at, length)) continue;
      const next = corpus.wordAt(at + 1);
      if (next === BOUNDARY || !probe.accepts(next)) continue;
      const file = corpus.fileAt(at);
      if (file === undefined) continue;
      const locality = this.#localityOf(file);
      if (locality === undefined) continue;
      found.push(this.#matchAt(at, file, locality, probe));
      if (found.length >= limit) return;
    }
  }

  /** Whether so many words up to this position are those before the cursor. */
  #agrees(position: number, length: number): boolean {
    const { corpus } = this.#space;
    for (let back = 0; back < length; back++)
      if (corpus.wordAt(position - back) !== this.#context[back]) return false;
    return true;
  }

  #matchAt(position: number, file: CorpusFile | undefined, locality: Locality, probe: Probe): Match {
    const space = this.#space;
    const { kinds } = space.corpus;
    const found = { next: position + 1, locality, file, isPartial: probe.isPartial };
    let exact = 0;
    while (exact < MAX_CONTEXT && space.wordAt(position - exact) === this.#context[exact]) {
      if (this.#context[exact++] === BOUNDARY) return { ...found, exact, loose: 0 };
    }
    let loose = 0;
    let differences = 0;
    for (let back = exact; back < MAX_CONTEXT; back++) {
      const theirs = space.wordAt(position - back);
      const ours = this.#context[back] ?? 0;
      if (theirs === BOUNDARY || ours === BOUNDARY) break;
      if (theirs === ours) {
        loose++;
        continue;
      }
      if (++differences > MAX_DIFFERENCES) break;
      if (kinds.of(theirs) < NAME || kinds.of(ours) < NAME) break;
    }
    return { ...found, exact, loose };
  }
}

/** How near a file is to `path`; undefined for that path itself, whose live text stands in for it. */
export function localitiesOf(path: string): (file: CorpusFile) => Locality | undefined {
  const folder = folderOf(path);
  const extension = extensionOf(path);
  const known = new Map<CorpusFile, Locality | undefined>();
  return (file) => {
    if (known.has(file)) return known.get(file);
    const locality = file.path === path ? undefined : near(file.path);
    known.set(file, locality);
    return locality;
  };
  function near(other: string): Locality {
    if (extensionOf(other) !== extension) return 0;
    return folderOf(other) === folder ? 2 : 1;
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function extensionOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
