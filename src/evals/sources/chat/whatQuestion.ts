const TYPE_NAME = /^\p{Lu}\p{L}*\p{Ll}/u;

/** Types are for something, functions do something; told apart by their spelling, as people do. */
export function whatQuestion(name: string): string {
  return TYPE_NAME.test(name) ? `What is \`${name}\` for?` : `What does \`${name}\` do?`;
}
