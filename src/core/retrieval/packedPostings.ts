import { BytePages, LAST_ITEM } from '../memory/bytePages.ts';
import { assertImage, type ImageReader, type ImageWriter } from '../memory/image.ts';
import { NumberColumn } from '../memory/numberColumn.ts';

const DIFFERENCE_BITS = 4;
const DIFFERENCE_MASK = (1 << DIFFERENCE_BITS) - 1;
/** From this frequency on it has a byte of its own. */
const OFTEN = 8;
const MORE = 128;
const LEAST_ITEM = 1;

/**
 * Lists of postings that were written once: less than two bytes a posting. A list begins with how many there are. The first
 * byte of a posting has four bits of how much greater its text's id is than the one before, the frequency less one in three bits,
 * and whether more bytes of the difference follow. A difference of 0 means that the id itself follows: ids that were used again
 * are not in order.
 */
export class PackedPostings {
  /** Term → address of its list, 0 for none. */
  readonly #starts: NumberColumn;
  readonly #bytes: BytePages;

  /** As it was when the image was made, or empty, for terms below `termEnd`. */
  constructor(image?: ImageReader, termEnd = 0) {
    this.#starts = new NumberColumn(image?.numbers() ?? new Uint32Array(termEnd));
    this.#bytes = new BytePages(image);
    const { size } = this.#bytes;
    assertImage(
      this.#starts.data.every((address) => address < size),
      'a list beyond the pages',
    );
  }

  save(image: ImageWriter): void {
    image.numbers(this.#starts.data);
    this.#bytes.save(image);
  }

  /** Reads what of restored lists is not in memory yet. */
  fetchIncrementally(): Generator<void> {
    return this.#bytes.fetchIncrementally();
  }

  /** How many postings a term has here. */
  count(term: number): number {
    const start = this.#starts.get(term);
    if (start === 0) return 0;
    const bytes = this.#bytes.page(BytePages.pageOf(start));
    let place = BytePages.placeOf(start);
    let count = 0;
    for (let shift = 0, byte = MORE; byte >= MORE; shift += 7) {
      byte = bytes[place++] ?? 0;
      count |= (byte & (MORE - 1)) << shift;
    }
    assertImage(count > 0 && count * LEAST_ITEM <= this.#bytes.size, 'a list that is longer than all');
    return count;
  }

  /** Begins the list of a term, of so many postings that follow before the next list begins. */
  begin(term: number, count: number): PostingWriter {
    this.#starts.set(term, this.#bytes.begin());
    this.#bytes.putNumber(count);
    return new PostingWriter(this.#bytes);
  }

  forget(term: number): void {
    if (term < this.#starts.data.length) this.#starts.set(term, 0);
  }

  /**
   * Copies the postings of the texts whose bit is set to the beginning of `kept`, which must have room for one more than the
   * term has; gives how many they are. The bits are 32 texts a number, the lowest first; every text when absent.
   */
  gather(term: number, texts: Uint32Array | undefined, kept: Uint32Array): number {
    const start = this.#starts.get(term);
    if (start === 0) return 0;
    let page = BytePages.pageOf(start);
    let place = BytePages.placeOf(start);
    let bytes = this.#bytes.page(page);
    let left = this.count(term);
    while ((bytes[place++] ?? 0) >= MORE);
    let text = -1;
    let count = 0;
    for (; left > 0; left--) {
      if (place > LAST_ITEM) {
        bytes = this.#bytes.page(++page);
        place = 0;
      }
      const head = bytes[place++] ?? 0;
      let difference = head & DIFFERENCE_MASK;
      if (head >= MORE) {
        let byte = bytes[place++] ?? 0;
        difference |= (byte & (MORE - 1)) << DIFFERENCE_BITS;
        for (let shift = DIFFERENCE_BITS + 7; byte >= MORE; shift += 7) {
          byte = bytes[place++] ?? 0;
          difference |= (byte & (MORE - 1)) << shift;
        }
      }
      let frequency = ((head >>> DIFFERENCE_BITS) & (OFTEN - 1)) + 1;
      if (frequency === OFTEN) frequency = bytes[place++] ?? 0;
      if (difference === 0) {
        text = 0;
        for (let shift = 0, byte = MORE; byte >= MORE; shift += 7) {
          byte = bytes[place++] ?? 0;
          text |= (byte & (MORE - 1)) << shift;
        }
      } else text += difference;
      kept[count] = (text << 8) | frequency;
      count += texts === undefined ? 1 : ((texts[text >>> 5] ?? 0) >>> (text & 31)) & 1;
    }
    return count;
  }

  get byteLength(): number {
    return this.#starts.data.byteLength + this.#bytes.heldBytes;
  }
}

/** Writes one list. */
class PostingWriter {
  readonly #bytes: BytePages;
  #text = -1;

  constructor(bytes: BytePages) {
    this.#bytes = bytes;
  }

  add(posting: number): void {
    const [bytes, text, frequency] = [this.#bytes, posting >>> 8, posting & 0xff];
    const difference = Math.max(0, text - this.#text);
    const rest = difference >>> DIFFERENCE_BITS;
    const often = Math.min(frequency, OFTEN) - 1;
    bytes.begin();
    bytes.put((difference & DIFFERENCE_MASK) | (often << DIFFERENCE_BITS) | (rest > 0 ? MORE : 0));
    if (rest > 0) bytes.putNumber(rest);
    if (frequency >= OFTEN) bytes.put(frequency);
    if (difference === 0) bytes.putNumber(text);
    this.#text = text;
  }
}
