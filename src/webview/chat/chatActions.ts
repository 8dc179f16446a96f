/** What the user can do. */
export interface ChatActions {
  readonly ask: (question: string) => void;
  readonly stop: () => void;
  readonly clear: () => void;
  readonly openCitation: (messageId: string, number: number) => void;
  /** Tells that so many characters of the answer are in the clipboard. */
  readonly copied: (messageId: string, part: 'answer' | 'block' | 'selection', length: number) => void;
  /** Puts code into the editor, at the cursor. */
  readonly insert: (messageId: string, text: string) => void;
}
