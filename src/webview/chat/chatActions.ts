/** What the user can do. */
export interface ChatActions {
  readonly ask: (question: string) => void;
  readonly stop: () => void;
  readonly clear: () => void;
  readonly openCitation: (messageId: string, number: number) => void;
}
