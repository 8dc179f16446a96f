import { ownValue } from '../../core/shared/ownValue.ts';

/** Of the JSON schema in media/, what proposals are made from. */
export interface CaseFileSchema {
  readonly properties: Readonly<Record<string, KeySchema>>;
}

interface KeySchema {
  readonly type?: string;
  readonly description?: string;
  readonly items?: { readonly properties?: Readonly<Record<string, KeySchema>> };
}

export interface KeyProposal {
  readonly key: string;
  readonly description: string;
  /** What is put in, as a snippet. */
  readonly snippet: string;
}

/** Keys that may be added: to the file, or to an entry of one of its lists. */
export function proposeKeys(
  { properties }: CaseFileSchema,
  list: string | undefined,
  present: readonly string[],
): readonly KeyProposal[] {
  const known = list === undefined ? properties : (ownValue(properties, list)?.items?.properties ?? {});
  return Object.entries(known)
    .filter(([key]) => !present.includes(key))
    .map(([key, schema]) => ({
      key,
      description: schema.description ?? '',
      snippet: `${key}: ${valueSnippet(schema)}`.trimEnd(),
    }));
}

/** The values that a key may have, when they are few. */
export function proposeValues({ properties }: CaseFileSchema, list: string, key: string): readonly string[] {
  const known = ownValue(properties, list)?.items?.properties ?? {};
  return ownValue(known, key)?.type === 'boolean' ? ['true', 'false'] : [];
}

function valueSnippet({ type, items }: KeySchema): string {
  if (type === 'boolean') return '${1|false,true|}';
  if (type !== 'array') return '$0';
  return items?.properties ? '\n  - $0' : '[$0]';
}

/** Keys whose values are places in the workspace. */
export function isPathKey(key: string): boolean {
  return key === 'gold' || key === 'path';
}
