import { type Fields, fieldsOf, isFields, textOf } from './looseJson.ts';

/** A piece of what a model writes, by what it is for. */
export interface ContentPart {
  readonly kind: 'text' | 'reasoning' | 'refusal';
  /** Never empty. */
  readonly text: string;
}

const REASONING = /think|reason|thought|summary/;
/** What a provider's own tools found or were given, and what it made of an earlier conversation: nothing that the model says. */
const NOT_SAID = /tool|result|compaction|execution|upload/;
/** Where a part keeps its text, whoever made it. */
const TEXT_FIELDS = ['text', 'thinking', 'reasoning', 'refusal', 'summary', 'content', 'value'];

/**
 * Content of a message, in whatever shape: a text, a part, or a list of parts, each of which may hold parts again. Parts
 * that hold no text, such as references, carry nothing. Throws a `SyntaxError` for what cannot be content.
 */
export function readContent(content: unknown, kind: ContentPart['kind'] = 'text'): readonly ContentPart[] {
  if (content === null || content === undefined || content === '') return [];
  if (typeof content === 'string') return [{ kind, text: content }];
  if (Array.isArray(content)) return content.flatMap((part) => readContent(part, kind));
  if (!isFields(content)) throw new SyntaxError('not the content of a message');
  if (NOT_SAID.test(textOf(content['type']))) return [];
  const own = kindOf(content, kind);
  const field = TEXT_FIELDS.find((name) => isText(content[name]));
  if (field !== undefined) return readContent(content[field], own);
  if (['number', 'boolean'].includes(typeof content['text'])) throw new SyntaxError('not the text of a part');
  return [];
}

function kindOf(part: Fields, kind: ContentPart['kind']): ContentPart['kind'] {
  const type = textOf(part['type']);
  if (part['thought'] === true || REASONING.test(type)) return 'reasoning';
  return type === 'refusal' ? 'refusal' : kind;
}

function isText(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return (typeof value === 'string' && value !== '') || Object.keys(fieldsOf(value)).length > 0;
}
