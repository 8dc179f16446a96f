import { BytePages, LAST_ITEM, pageOf, placeOf } from '../memory/bytePages.ts';
import { assertImage, type ImageReader, type ImageWriter } from '../memory/image.ts';
import { NumberColumn } from '../memory/numberColumn.ts';

const DIFFERENCE_BITS = 4;
const DIFFERENCE_MASK = (1 << DIFFERENCE_BITS) - 1;
/** From this frequency on it has a byte of its own. */
const OFTEN = 8;
const MORE = 128;

/** What the first byte of a posting says when it is the only one, `difference << 8 | frequency`; 0 when more belong to it. */
const SINGLES = Int32Array.from({ length: 256 }, (_, head) => {
  const [difference, frequency] = [head & DIFFERENCE_MASK, (head >>> DIFFERENCE_BITS) + 1];
  return head >= MORE || difference === 0 || frequency === OFTEN ? 0 : (difference << 8) | frequency;
});

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
    const count = numberAt(this.#bytes.page(pageOf(start)), placeOf(start));
    assertImage(count > 0 && count <= this.#bytes.size, 'a list that is longer than all');
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
   * term has; gives how many they are. The bits are 32 texts a number, the lowest first.
   */
  gather(term: number, texts: Uint32Array, kept: Uint32Array): number {
    const all = this.read(term, kept);
    let count = 0;
    for (let at = 0; at < all; at++) {
      const posting = kept[at] ?? 0;
      const text = posting >>> 8;
      kept[count] = posting;
      count += ((texts[text >>> 5] ?? 0) >>> (text & 31)) & 1;
    }
    return count;
  }

  /** Writes all postings of a term to the beginning of `out`, which must have room; gives how many they are. */
  read(term: number, out: Uint32Array): number {
    const start = this.#starts.get(term);
    if (start === 0) return 0;
    const count = this.count(term);
    let page = pageOf(start);
    let place = placeOf(start) + sizeOf(count);
    let bytes = this.#bytes.page(page);
    /** The text's id where a posting has it. */
    let shifted = -1 << 8;
    for (let at = 0; at < count; at++) {
      if (place > LAST_ITEM) {
        bytes = this.#bytes.page(++page);
        place = 0;
      }
      const head = bytes[place++] ?? 0;
      const single = SINGLES[head] ?? 0;
      if (single !== 0) {
        shifted = (shifted + (single & ~0xff)) | 0;
        out[at] = shifted | (single & 0xff);
        continue;
      }
      let difference = head & DIFFERENCE_MASK;
      if (head >= MORE) {
        const next = bytes[place++] ?? 0;
        difference |= (next & (MORE - 1)) << DIFFERENCE_BITS;
        if (next >= MORE) {
          const rest = numberAt(bytes, place);
          place += sizeOf(rest);
          difference |= rest << (DIFFERENCE_BITS + 7);
        }
      }
      let frequency = ((head >>> DIFFERENCE_BITS) & (OFTEN - 1)) + 1;
      if (frequency === OFTEN) frequency = bytes[place++] ?? 0;
      if (difference === 0) {
        const text = numberAt(bytes, place);
        place += sizeOf(text);
        shifted = text << 8;
      } else shifted = (shifted + (difference << 8)) | 0;
      out[at] = shifted | frequency;
    }
    return count;
  }

  get byteLength(): number {
    return this.#starts.data.byteLength + this.#bytes.heldBytes;
  }
}

/** The number that `BytePages.putNumber` wrote, if it is below 2^28. */
function numberAt(bytes: Uint8Array, place: number): number {
  let number = 0;
  for (let at = place, shift = 0, byte = MORE; byte >= MORE && shift < 28; shift += 7) {
    byte = bytes[at++] ?? 0;
    number |= (byte & (MORE - 1)) << shift;
  }
  return number;
}

/** How many bytes it takes. */
function sizeOf(number: number): number {
  return number < 2 ** 7 ? 1 : number < 2 ** 14 ? 2 : number < 2 ** 21 ? 3 : 4;
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
