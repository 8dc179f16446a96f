/**
 * How lines end in a file, given how the next line goes on: a style model that knows whether statements end in a
 * semicolon, blocks open with a brace and lists go on with a comma, in whatever language the file is.
 */
export class LineEndings {
  readonly #counts = new Map<string, number>();

  /** Learns from consecutive lines. */
  constructor(lines: readonly string[]) {
    let next = '';
    for (const line of lines.toReversed()) {
      if (line.trim() === '') continue;
      if (next !== '') {
        const situation = situationOf(line, next);
        this.#count(situation);
        this.#count(situation + endOf(line));
      }
      next = line;
    }
  }

  /** Logarithm of the share of lines before a `next` such as this that end like `line`. */
  fit(line: string, next: string): number {
    const situation = situationOf(line, next);
    const seen = this.#counts.get(situation) ?? 0;
    const alike = this.#counts.get(situation + endOf(line)) ?? 0;
    return Math.log((alike + 0.2) / (seen + 1));
  }

  #count(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
}

/** The step in indentation and the kind of character the next line begins with. */
function situationOf(line: string, next: string): string {
  return `${Math.sign(indentation(next) - indentation(line))}${classOf(next.trimStart().charAt(0))}`;
}

function endOf(line: string): string {
  return classOf(line.trimEnd().slice(-1));
}

function classOf(character: string): string {
  return /[\w$]/.test(character) ? 'a' : character;
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}
