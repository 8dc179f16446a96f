import { wordSet } from '../text/wordSet.ts';

/** Words that ask, in the languages that questions come in; a frame begins with one of them. */
const ASKING = wordSet(
  'how what which where why when who whose ' +
    'wie was wo warum wann wer welche welcher welches welchen wodurch womit ' +
    'comment quel quelle quels quelles où ou pourquoi quand qui ' +
    'cómo como qué que dónde donde cuál cual cuáles por quién cuándo ' +
    'onde qual quais quando porquê come cosa dove quale quali perché chi ' +
    'hoe wat waar waarom wanneer welke wie hvor hvordan hvilken hur var vilken ' +
    'как какой какая какое какие где почему зачем когда кто что ' +
    'jak który która które gdzie dlaczego co kde který proč nasıl nerede hangi',
);
/** What a question asks for without saying anything of it: `which code`, `what part of the code`. */
const PLACES = wordSet(
  'code function method class file place part piece module component thing object type line lines section logic ' +
    'funktion methode klasse datei stelle code teil fonction méthode classe fichier endroit partie ' +
    'función método clase archivo lugar parte código função método classe arquivo funzione metodo file ' +
    'функция метод класс файл код место часть',
);
const AUXILIARIES = wordSet(
  'do does did is are was were can could should would will has have been be get gets ' +
    'wird werden ist sind kann können hat haben est sont fait peut a ont sera se es son está están puede hay ' +
    'são é pode è sono può si wordt worden er het jest są я мы он она это',
);
const FILLERS = wordSet(
  'we i you it they one there the a an our this that these those of in for responsible to ' +
    'wir man ich sie es der die das den dem ein eine on nous je il elle le la les l un une des du de ' +
    'el los las lo una o os as um uma il gli i we men de het een w na в на наш',
);

const ASKING_WHERE = wordSet('where wo où ou dónde donde onde dove waar hvor var где gdzie kde nerede');
const ASKING_WHICH = wordSet(
  'which what welche welcher welches quel quelle qual quale cuál welke vilken какой какая какое',
);
const WHERE = /どこ|哪里|哪裡|어디/u;

/** Polite or spoken ways to begin: nothing is asked by these. */
const COURTESY =
  /^\W*(?:please|can you|could you|would you|tell me|show me|explain(?: to me)?|help me (?:find|understand)|i (?:want|need|would like) to (?:know|find|see)|bitte|zeig(?:e)? mir|montre[- ]moi|muéstrame|покажи)\b[\s,:]*/iu;

/** `please can you show me`. */
const MOST_COURTESY = 3;

/** Scripts without spaces: what asks may stand at either end. */
const UNSPACED_FRAME =
  /^(?:どこで|どこに|どうやって|どのように|なぜ|哪里|哪裡|在哪里|如何|怎么|怎麼|怎样|为什么|什么是|어디서|어디에|어떻게|왜)\s*|(?:はどこ(?:ですか|にありますか)?|はどうなっていますか|在哪里|在哪裡|是什么|어디에 있나요|어디 있나요)[\s?？。]*$/u;

const WORD = /[\p{L}\p{N}\p{M}_$'’]+/uy;
const GAP = /[^\p{L}\p{N}\p{M}_$]*/uy;

/**
 * A question without the words that only make it one: `Which code creates the socket?` is the description `creates the
 * socket`. Never takes all of it, and never a subject: `which class` is about classes, `class loader` is not touched.
 */
export function withoutFrame(question: string): string {
  const bare = withoutCourtesy(question).replace(UNSPACED_FRAME, '');
  const rest = bare.trim() === '' ? question : afterFrame(bare);
  return rest.trim() === '' ? question : rest;
}

/** Whether a question asks where something is, and so says what: `where do we …`, `which code …`. */
export function asksForPlace(question: string): boolean {
  const text = withoutCourtesy(question);
  const first = wordAt(text, 0);
  if (!first) return false;
  if (ASKING_WHERE.has(first.word) || WHERE.test(text)) return true;
  return ASKING_WHICH.has(first.word) && PLACES.has(wordAt(text, first.end)?.word ?? '');
}

function withoutCourtesy(text: string): string {
  let rest = text;
  for (let times = 0; times < MOST_COURTESY && COURTESY.test(rest); times++)
    rest = rest.replace(COURTESY, '');
  return rest;
}

function afterFrame(text: string): string {
  const first = wordAt(text, 0);
  if (!first || !ASKING.has(first.word)) return text;
  let at = first.end;
  let hasPlace = false;
  let hasAuxiliary = false;
  for (let next = wordAt(text, at); next; next = wordAt(text, at)) {
    const { word, end } = next;
    const isPlace: boolean = !hasPlace && !hasAuxiliary && PLACES.has(word);
    const isAuxiliary = AUXILIARIES.has(word);
    if (!isPlace && !isAuxiliary && !FILLERS.has(word)) break;
    if (wordAt(text, end) === undefined) break;
    hasPlace ||= isPlace;
    hasAuxiliary ||= isAuxiliary;
    at = end;
  }
  const rest = text.slice(at).replace(/^[^\p{L}\p{N}\p{M}_$@#/.]+/u, '');
  return /[\p{L}\p{N}]/u.test(rest) ? rest : text;
}

function wordAt(text: string, from: number): { readonly word: string; readonly end: number } | undefined {
  GAP.lastIndex = from;
  GAP.exec(text);
  WORD.lastIndex = GAP.lastIndex;
  const found = WORD.exec(text);
  return found ? { word: found[0].toLowerCase(), end: WORD.lastIndex } : undefined;
}
