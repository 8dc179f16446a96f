/** Verbs that the first sentences of doc comments begin with. */
const VERBS = `add apply append assert attach build calculate cancel check clear clone close collect combine compare
compile compute configure connect construct convert copy count create decode decorate delete describe detach detect
determine disable dispatch divide draw drop emit enable encode ensure escape evaluate execute expand export extract fetch
fill filter find flatten format generate get group hide implement import infer initialize insert inspect install invoke
iterate join listen load locate look make map mark measure merge modify move multiply normalize notify open parse perform
prepare prevent print produce provide push put query read rebuild receive record reduce register release remove rename
render repeat replace report reset resolve restore retrieve return revert rewrite rotate run save scale schedule search
select send serialize set show simplify skip solve sort split start stop store strip subscribe substitute swap take
tokenize track transform translate traverse trim unwrap update validate verify visit wait walk wrap write yield`;

const BASES = new Set(VERBS.split(/\s+/));

/** How a sentence says what something does: `Returns the sum`, `Return the sum`, or neither. */
export function moodOf(sentence: string): 'telling' | 'asking' | undefined {
  const [word = ''] = /^\p{L}+(?=\s)/u.exec(sentence.toLowerCase()) ?? [];
  if (BASES.has(word)) return 'asking';
  const base = /(?:[sxz]|ch|sh)es$/.test(word) && BASES.has(word.slice(0, -2)) ? -2 : -1;
  const isTelling = word.endsWith('s') && BASES.has(word.slice(0, base));
  return isTelling || BASES.has(word.replace(/ies$/, 'y')) ? 'telling' : undefined;
}
