/** How many tokens a text costs in a prompt. */
export type TokenCounter = (text: string) => number;
