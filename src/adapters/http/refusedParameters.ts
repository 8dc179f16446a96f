import { greatest } from '../../core/shared/greatest.ts';
import { isFields, listOf, textOf, type Fields } from './looseJson.ts';
import { kindOfRefusal, type ModelRefusal, type RefusalKind } from './refusal.ts';

/** What was changed about a request because an endpoint refused it. */
export interface RefusedParameter {
  /** Host. */
  readonly endpoint: string;
  readonly model: string;
  readonly parameter: string;
}

/** For each parameter, what became of it: null when it goes, or goes under its other name; else its new limit. */
type Changes = ReadonlyMap<string, number | null>;

/** Remembers which parameters endpoints refuse, so that each is refused once. Shared by all models of a process. */
export class RefusedParameters {
  readonly #known = new Map<string, Changes>();
  readonly #observe: (refused: RefusedParameter) => void;

  constructor(observe: (refused: RefusedParameter) => void = () => undefined) {
    this.#observe = observe;
  }

  changesOf(place: string): Changes {
    return this.#known.get(place) ?? new Map();
  }

  learn(place: string, changes: Changes, source: Omit<RefusedParameter, 'parameter'>): void {
    const known = this.changesOf(place);
    for (const parameter of changes.keys())
      if (!known.has(parameter)) this.#observe({ ...source, parameter });
    this.#known.set(place, new Map([...known, ...changes]));
  }
}

/** Left out where they are refused: without them, an answer is what the provider thinks best. */
const OPTIONAL = [
  'stream_options',
  'temperature',
  'reasoning_effort',
  'thinking',
  'chat_template_kwargs',
  'stop',
  'stop_sequences',
  'encoding_format',
  'dimensions',
  'output_dimension',
  'input_type',
  'truncate',
  'embedding_types',
] as const;

/** Providers have two names for the longest answer. */
const TOKEN_LIMITS: Readonly<Record<string, string>> = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
};

/** How refusals name parameters, where they do not write them as they are. */
const NAMES: Readonly<Record<string, RegExp>> = {
  stream: /\bstream(?:ing|ed)?\b/i,
  system:
    /\bsystem\b|\bdeveloper (?:instruction|message|role)|roles must alternate|\bmessages?\W{0,2}0\W{0,2}role\b/i,
  reasoning_effort: /\breasoning[_ ]?effort\b|\breasoning\b/i,
  thinking: /\bthinking\b/i,
  stop: /\bstop(?: sequences?| words?)?\b/i,
  dimensions: /\bdimensions?\b|matryoshka/i,
  output_dimension: /\boutput_?dimensions?\b|matryoshka/i,
};

const UNSUPPORTED =
  /not (?:be )?(?:yet )?(?:support|allow|permit|enabl|implement|recogni[sz]|avail|accept|valid|a valid|expected|used|set|specified)|n['o]?t support|unsupported|unrecogni[sz]ed|unknown|unexpected|unpermitted|extra[_ ](?:inputs?|fields?|param|forbidden)|forbidden|invalid|deprecated|does ?n[o']t (?:support|accept|allow)|cannot|can ?not|can't|no longer|\bonly\b|must (?:be|alternate)|removed|illegal|additional propert|no such|without/i;
const TOO_MUCH =
  /too (?:large|high|big|many)|at most|maximum|exceed|less than|greater than|between|range|[<>]/i;

/** Refusals that no other request would change. */
const FINAL: ReadonlySet<RefusalKind> = new Set([
  'quota',
  'key',
  'busy',
  'loading',
  'overloaded',
  'blocked',
  'forbidden',
]);

/** The change that a refusal asks for, to a request with this body; undefined when it is about something else. */
export function changeFor(refusal: ModelRefusal, body: Fields): readonly [string, number | null] | undefined {
  if (FINAL.has(kindOfRefusal(refusal, false))) return undefined;
  const { message, params, codes } = refusal.said;
  const words = `${params.join(' ')} ${message}`;
  const named = namesIn(body)
    .map((name) => ({ name, at: placeOf(name, words) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  const [first] = named;
  if (!first) return undefined;
  const { name } = first;
  const isUnsupported = UNSUPPORTED.test(`${codes.join(' ')} ${message}`);
  const limit = body[name];
  if (
    typeof limit === 'number' &&
    name in TOKEN_LIMITS &&
    TOO_MUCH.test(message) &&
    !/unsupported|not supported/i.test(message)
  ) {
    return [name, lowerLimit(message, limit) ?? null];
  }
  return isUnsupported || params.includes(name) ? [name, null] : undefined;
}

/** Where a parameter is named; -1 when it is not. */
function placeOf(name: string, words: string): number {
  const pattern = NAMES[name];
  if (pattern) return words.search(pattern);
  for (const [word] of words.matchAll(/\w+/g)) if (word.toLowerCase() === name) return words.indexOf(word);
  return -1;
}

/** The parameters of a request that could go. */
function namesIn(body: Fields): readonly string[] {
  return [
    ...OPTIONAL.filter((name) => body[name] !== undefined),
    ...Object.keys(TOKEN_LIMITS).filter((name) => body[name] !== undefined),
    ...(body['stream'] === true ? ['stream'] : []),
    ...(systemOf(body) === '' ? [] : ['system']),
  ];
}

/** The largest number of a refusal that is below ours. */
function lowerLimit(message: string, limit: number): number | undefined {
  const numbers = [...message.matchAll(/\b\d[\d,]*\b/g)].map(([text]) => Number(text.replaceAll(',', '')));
  const lower = numbers.filter((number) => number >= 16 && number < limit);
  return lower.length > 0 ? greatest(lower) : undefined;
}

/** The body as the endpoint takes it. */
export function withChanges(body: Fields, changes: Changes): Fields {
  let changed: Fields = body;
  for (const [name, limit] of changes) changed = withChange(changed, name, limit, changes);
  return changed;
}

function withChange(body: Fields, name: string, limit: number | null, changes: Changes): Fields {
  if (name === 'system') return withoutSystem(body);
  if (body[name] === undefined) return body;
  const { [name]: value, ...rest } = body;
  if (limit !== null && typeof value === 'number') return { ...body, [name]: Math.min(limit, value) };
  if (name === 'stream') return withoutField({ ...rest, stream: false }, 'stream_options');
  const other = TOKEN_LIMITS[name];
  // Where both names are refused, the provider's own limit has to do.
  return other === undefined || changes.has(other) ? rest : { ...rest, [other]: value };
}

function withoutField(body: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(body).filter(([each]) => each !== name));
}

function systemOf({ system, messages }: Fields): string {
  const texts = listOf(messages).flatMap((message) =>
    isFields(message) && message['role'] === 'system' ? [textOf(message['content'])] : [],
  );
  return [textOf(system), ...texts].filter((text) => text !== '').join('\n\n');
}

/** Puts what the system says before what the person says first. */
function withoutSystem(body: Fields): Fields {
  const system = systemOf(body);
  const messages = listOf(body['messages']).filter(
    (message) => !isFields(message) || message['role'] !== 'system',
  );
  const at = messages.findIndex((message) => isFields(message) && message['role'] === 'user');
  const first = messages[at];
  if (system === '' || !isFields(first)) return body;
  const content =
    typeof first['content'] === 'string'
      ? `${system}\n\n${first['content']}`
      : [{ type: 'text', text: system }, ...listOf(first['content'])];
  return { ...withoutField(body, 'system'), messages: messages.with(at, { ...first, content }) };
}
