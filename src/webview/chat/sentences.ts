/** What has no end of a sentence within so much is read in pieces: it is looked at again with all that follows. */
const MAX_LINE = 2_000;

/** Cuts streamed Markdown into sentences to be read aloud. Code is named, not read. */
export class Sentences {
  readonly #segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  #line = '';
  #isInCode = false;

  /** The sentences that are complete with this text. */
  push(text: string): readonly string[] {
    const spoken: string[] = [];
    for (let at = 0; at < text.length; at += MAX_LINE) {
      for (const sentence of this.#pushPiece(text.slice(at, at + MAX_LINE))) spoken.push(sentence);
    }
    return spoken;
  }

  #pushPiece(text: string): readonly string[] {
    const lines = `${this.#line}${text}`.split('\n');
    this.#line = lines.pop() ?? '';
    const spoken = lines.flatMap((line) => this.#endLine(line));
    const rest = this.#line.length > MAX_LINE ? this.finish() : [];
    return [...spoken, ...rest, ...this.#takeSentences()];
  }

  /** What is left when nothing more will come. */
  finish(): readonly string[] {
    const line = this.#line;
    this.#line = '';
    return this.#endLine(line);
  }

  #endLine(line: string): readonly string[] {
    if (/^\s*(```|~~~)/.test(line)) {
      this.#isInCode = !this.#isInCode;
      return this.#isInCode ? ['Code block.'] : [];
    }
    const text = this.#isInCode ? '' : plain(line);
    return text === '' ? [] : [text];
  }

  /** All sentences of the unfinished line but its last. */
  #takeSentences(): readonly string[] {
    if (this.#isInCode || /^\s*[`~]/.test(this.#line)) return [];
    const sentences = [...this.#segmenter.segment(this.#line)].map(({ segment }) => segment);
    this.#line = sentences.pop() ?? '';
    return sentences.map(plain).filter((sentence) => sentence !== '');
  }
}

function plain(markdown: string): string {
  return markdown
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+\.)\s+/, '')
    .replaceAll(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replaceAll(/(?<!\s)\s*\[\d{1,3}\]|[*`|]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
