/** Tells whether code is well-formed, as far as it can. */
export interface SyntaxCheck {
  /** `undefined` where it cannot tell, such as for a language it does not know. */
  isWellFormed(path: string, text: string): boolean | undefined;
}
