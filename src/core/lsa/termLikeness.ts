/** How like a text a term is: 1 for one used just as the text's terms are, 0 for one with nothing in common or unknown. */
export type TermLikeness = (term: string) => number;
