/** A text change as the editor reports it: replace the range by `text`. Offsets are UTF-16 units. */
export interface TextEdit {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly text: string;
}
