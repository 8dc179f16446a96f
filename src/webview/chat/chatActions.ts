/** What the user can do. */
export interface ChatActions {
  readonly ask: (question: string) => void;
  readonly stop: () => void;
  readonly clear: () => void;
  readonly openCitation: (messageId: string, number: number) => void;
  /** Tells that so many characters of the answer are in the clipboard. */
  readonly copied: (messageId: string, part: 'answer' | 'block' | 'selection', length: number) => void;
  /** Puts code into the editor, at the cursor: exactly that of a block of the answer. */
  readonly insert: (messageId: string, code: string) => void;
  /** Has the editor copy a block of an answer, or all of it, after it has asked about characters that are not seen. */
  readonly copyHidden: (messageId: string, code?: string) => void;
}
