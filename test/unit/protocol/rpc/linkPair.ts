import type { Link } from '../../../../src/protocol/rpc/connection.ts';

export type End = 'left' | 'right';

interface Post {
  readonly to: End;
  readonly message: unknown;
}

/** Two ends of a link without a port: messages are copied when they are posted and arrive when the test says so. */
export class LinkPair {
  readonly left = this.#end('left');
  readonly right = this.#end('right');
  /** Everything that was posted to an end, oldest first. */
  readonly posted: Post[] = [];
  readonly #underWay: Record<End, unknown[]> = { left: [], right: [] };
  readonly #listeners: Record<End, ((message: unknown) => void)[]> = { left: [], right: [] };

  /** Lets the oldest message that is on its way to this end arrive; false when there is none. */
  deliver(to: End): boolean {
    if (this.#underWay[to].length === 0) return false;
    const message = this.#underWay[to].shift();
    for (const listener of this.#listeners[to]) listener(message);
    return true;
  }

  /** Delivers until nothing is on its way and nobody sends anything more. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 2;) {
      const delivered = [this.deliver('left'), this.deliver('right')].includes(true);
      quiet = delivered ? 0 : quiet + 1;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  /** The kinds of the messages that were posted to an end. */
  kinds(to: End): readonly unknown[] {
    return this.posted
      .filter((post) => post.to === to)
      .map(({ message }) => (message as { kind: string }).kind);
  }

  #end(name: End): Link {
    const other: End = name === 'left' ? 'right' : 'left';
    return {
      post: (message) => {
        const copy: unknown = structuredClone(message);
        this.posted.push({ to: other, message: copy });
        this.#underWay[other].push(copy);
      },
      onMessage: (listener) => void this.#listeners[name].push(listener),
    };
  }
}
