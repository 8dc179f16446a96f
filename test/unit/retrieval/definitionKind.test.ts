import { expect, it } from 'vitest';
import { DefinitionKind, definitionKind } from '../../../src/core/retrieval/definitionKind.ts';
import { describedKind } from '../../../src/core/retrieval/describedKind.ts';

const { Value, Function, Predicate, Type } = DefinitionKind;

it.each([
  ['export class |Store| implements Reader {', Type],
  ['type |Config| struct {', Type],
  ['export type |Load| = ( path ) => Store', Type],
  ['func ( r * Reader ) |Read| ( p )', Function],
  ['def |load_all| ( path ) :', Function],
  ['|merge| < T > ( a : T )', Function],
  ['export const |parse| = ( text ) => tree', Function],
  ['module . exports . |run| = function ( ) {', Function],
  ['func |isDir| ( name string ) bool {', Predicate],
  ['def |_has_name| ( self ) :', Predicate],
  ['|IsTypeParam| ( t )', Predicate],
  ['|issue| ( text ) {', Function],
  ['const |isReady| = true ;', Value],
  ['const |LIMIT| = 10 ;', Value],
  ['# |Getting started|', Value],
])('the kind of: %s', (line, kind) => {
  const [before = '', name = '', after = ''] = line.split('|');
  const tokens = (text: string) => text.split(' ').filter((word) => word !== '');
  expect(definitionKind(tokens(before), name, tokens(after))).toBe(kind);
});

it.each([
  ['Returns whether the door is open', Predicate],
  ['checks if there are any', Predicate],
  ['True if it is locked', Predicate],
  ['A door that locks itself', Type],
  ['represents a locked door', Type],
  ['is the state of a door', Type],
  ['Opens the locked door', Function],
  ['get the key of a door', Function],
])('what is best described by: %s', (description, best) => {
  const fit = describedKind(description);
  const fits = Object.values(DefinitionKind).map((kind) => fit?.(kind) ?? 0);
  expect(fit?.(best)).toBe(Math.max(...fits));
  expect(Math.min(...fits)).toBeLessThan(1);
});

it.each(['door', '', 'get user', 'returns the name', 'process of opening doors'])(
  'nothing is told by: %s',
  (description) => {
    expect(describedKind(description)).toBeUndefined();
  },
);
