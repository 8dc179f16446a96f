import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** A text that may take a regular expression long: `before`, then `pump` many times, then `after`, which seldom fits. */
export interface AttackText {
  readonly before: string;
  readonly pump: string;
  readonly after: string;
}

/** Those that do harm first: what people forget. */
const CANDIDATES = Array.from(' \ta0A_\n-./*`"\'([{<,:;=#@$%+!?|\\~^&)]}>é\u200b');
/** Representatives of a class, and of an alternative, at most. */
const MOST_OF_EACH = 6;
const MOST_PUMPS = 40;
/** Repetitions beyond this are as good as without end. */
const MANY = 15;

/**
 * Texts that begin as an expression wants it and go on for ever with what one of its parts can take: for each part that may be
 * repeated, the way to it and each kind of character in it, alone and with the way to it again and again.
 */
export function attackTexts(source: string, flags: string): readonly AttackText[] {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  });
  const walker = new Walker(flags.replace(/[gy]/g, ''));
  for (const alternative of pattern.alternatives) walker.walk(alternative, '');
  const texts = new Map<string, AttackText>();
  for (const { before, pump } of walker.pumps.slice(0, MOST_PUMPS)) {
    const shapes = [
      { before, pump },
      { before: '', pump },
      { before: '', pump: before + pump },
      { before: '', pump: `${before}${pump.repeat(20)}\n` },
      { before: '', pump: before },
    ];
    for (const shape of shapes) {
      if (shape.pump === '') continue;
      for (const after of ['\u0001', '\n\u0001'])
        texts.set(JSON.stringify([shape, after]), { ...shape, after });
    }
  }
  return [...texts.values()];
}

/** Finds the parts that may be repeated without end, with a text that leads to each. */
class Walker {
  readonly pumps: { readonly before: string; readonly pump: string }[] = [];
  readonly #flags: string;
  readonly #members = new Map<string, readonly string[]>();

  constructor(flags: string) {
    this.#flags = flags;
  }

  walk({ elements }: AST.Alternative, before: string): void {
    let way = before;
    for (const element of elements) {
      this.#visit(element, way);
      way += this.#sample(element);
    }
    // What is searched for from every place is an expression that may be repeated as well.
    if (way !== before) this.pumps.push({ before, pump: way.slice(before.length) });
  }

  #visit(element: AST.Element, before: string): void {
    switch (element.type) {
      case 'Quantifier':
        this.#visit(element.element, before);
        if (element.max < MANY) break;
        for (const pump of this.#samples(element.element)) this.pumps.push({ before, pump });
        break;
      case 'Group':
      case 'CapturingGroup':
        for (const alternative of element.alternatives) this.walk(alternative, before);
        break;
      case 'Assertion':
        if (element.kind === 'lookahead' || element.kind === 'lookbehind') {
          for (const alternative of element.alternatives) this.walk(alternative, before);
        }
        break;
      default:
    }
  }

  /** A short text that fits. */
  #sample(element: AST.Element): string {
    return this.#samples(element)[0] ?? '';
  }

  #samples(element: AST.Element): readonly string[] {
    switch (element.type) {
      case 'Character':
        return [String.fromCodePoint(element.value)];
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass':
        return this.#membersOf(element.raw);
      case 'Quantifier':
        return this.#samples(element.element).map((one) => one.repeat(Math.min(element.min, 40)));
      case 'Group':
      case 'CapturingGroup':
        return this.#alternatives(element.alternatives);
      case 'Backreference': {
        const group = Array.isArray(element.resolved) ? element.resolved[0] : element.resolved;
        return group === undefined ? [''] : this.#samples(group);
      }
      default:
        return [''];
    }
  }

  #alternatives(alternatives: readonly AST.Alternative[]): readonly string[] {
    const samples = alternatives.flatMap(({ elements }) => {
      const whole = elements.map((element) => this.#sample(element)).join('');
      // Of a group of one class, each kind of character.
      const [only, ...more] = elements;
      return only !== undefined && more.length === 0 ? this.#samples(only) : [whole];
    });
    return [...new Set(samples)].slice(0, 2 * MOST_OF_EACH);
  }

  #membersOf(raw: string): readonly string[] {
    const known = this.#members.get(raw);
    if (known) return known;
    const fits = new RegExp(`^(?:${raw})$`, this.#flags);
    const own = Array.from(raw.replace(/[\\[\]^]/g, ''));
    const members = [...new Set([...CANDIDATES, ...own])].filter((character) => fits.test(character));
    const some = members.slice(0, MOST_OF_EACH);
    this.#members.set(raw, some);
    return some;
  }
}
