/** How near to the end, in CSS pixels, still counts as being there. */
const NEAR_PX = 24;

export interface ScrollFollowerOptions {
  readonly scroller: HTMLElement;
  /** What is scrolled. */
  readonly content: HTMLElement;
  /** Where reading starts when a whole screen arrives at once. */
  readonly findStart: () => HTMLElement | undefined;
  readonly onChange: (isFollowing: boolean) => void;
}

/**
 * Keeps a growing list scrolled to its end until the reader scrolls up, and again once they are back at the end. More
 * than a screen at once nobody has read: then it shows the start of what is new and stays there.
 */
export class ScrollFollower {
  readonly #options: ScrollFollowerOptions;
  readonly #growth: ResizeObserver;
  #isFollowing = true;
  #lastTop = 0;
  #lastHeight = 0;

  constructor(options: ScrollFollowerOptions) {
    this.#options = options;
    this.#growth = new ResizeObserver(() => {
      if (this.#isFollowing) this.#toEnd();
    });
    this.#growth.observe(options.content);
    this.#growth.observe(options.scroller);
    options.scroller.addEventListener('scroll', this.#onScroll, { passive: true });
  }

  follow(): void {
    this.#set(true);
    this.#toEnd();
  }

  /** Call when the content has changed. */
  contentChanged(): void {
    if (!this.#isFollowing) return;
    const { scroller, findStart } = this.#options;
    const start = findStart();
    const grownBy = scroller.scrollHeight - this.#lastHeight;
    if (this.#lastHeight === 0 || grownBy <= scroller.clientHeight || !start) {
      this.#toEnd();
      return;
    }
    const startTop = start.getBoundingClientRect().top - scroller.getBoundingClientRect().top - NEAR_PX / 2;
    this.#set(false);
    scroller.scrollTop += Math.max(0, startTop);
    this.#lastHeight = scroller.scrollHeight;
  }

  dispose(): void {
    this.#growth.disconnect();
    this.#options.scroller.removeEventListener('scroll', this.#onScroll);
  }

  readonly #onScroll = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = this.#options.scroller;
    const isNear = scrollHeight - scrollTop - clientHeight <= NEAR_PX;
    // Only a move upwards is the reader's: content that has grown since our own move looks like a distance, too.
    if (isNear) this.#set(true);
    else if (scrollTop < this.#lastTop) this.#set(false);
    this.#lastTop = scrollTop;
  };

  #toEnd(): void {
    const { scroller } = this.#options;
    this.#lastHeight = scroller.scrollHeight;
    scroller.scrollTop = this.#lastHeight;
  }

  #set(isFollowing: boolean): void {
    if (isFollowing === this.#isFollowing) return;
    this.#isFollowing = isFollowing;
    this.#options.onChange(isFollowing);
  }
}
