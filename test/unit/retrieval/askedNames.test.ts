import { describe, expect, it } from 'vitest';
import { askedNames, qualifiedName } from '../../../src/core/retrieval/askedNames.ts';

const names = (query: string): readonly string[] => askedNames(query).map(({ name }) => name);

describe('askedNames', () => {
  it.each([
    ['Ferry.openDoor', 'ferri'],
    ['ferry::open_door', 'ferri'],
    ['ferry->openDoor', 'ferri'],
    ['Ferry#openDoor', 'ferri'],
    ['Ferry\\OpenDoor', 'ferri'],
  ])('takes %j for a member of its owner', (query) => {
    const [asked, ...others] = askedNames(query);
    expect(others).toEqual([]);
    expect(asked?.name).toBe('opendoor');
    expect(asked?.owner).toHaveLength(1);
  });

  it('takes an anchor for a name', () => {
    expect(names('#openDoor')).toEqual(['opendoor']);
  });

  it('takes one word for a name, whatever it is', () => {
    expect(names('boolean')).toEqual(['boolean']);
    expect(names('Which class is R?')).toContain('r');
  });

  it('finds names within a sentence by their form', () => {
    expect(names('how openDoor treats a Ferry that is late')).toEqual(['opendoor', 'ferry']);
    expect(names('opens the door of a ferry')).toEqual([]);
  });

  it('puts a few words together', () => {
    expect(names('open door')).toEqual(['opendoor']);
  });
});

describe('qualifiedName', () => {
  it('is the last part of what is nothing else', () => {
    expect(qualifiedName('Ferry.openDoor')).toBe('openDoor');
    expect(qualifiedName(' ferry::open ')).toBe('open');
    expect(qualifiedName('open the door')).toBeUndefined();
  });
});
