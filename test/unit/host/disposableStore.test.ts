import { describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../src/host/editor/disposableStore.ts';

describe('DisposableStore', () => {
  it('disposes what it owns once, newest first', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add({ dispose: () => order.push('first') });
    store.add({ dispose: () => order.push('second') });
    store.dispose();
    store.dispose();
    expect(order).toEqual(['second', 'first']);
  });

  it('disposes late additions at once', () => {
    const store = new DisposableStore();
    store.dispose();
    let disposed = false;
    store.add({ dispose: () => (disposed = true) });
    expect(disposed).toBe(true);
  });

  it('goes on past an error and reports it afterwards', () => {
    const store = new DisposableStore();
    let disposed = false;
    store.add({ dispose: () => (disposed = true) });
    store.add({
      dispose: () => {
        throw new Error('stuck');
      },
    });
    expect(() => store.dispose()).toThrow(AggregateError);
    expect(disposed).toBe(true);
  });
});
