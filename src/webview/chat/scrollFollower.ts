/** How near to the end, in CSS pixels, still counts as being there. */
const NEAR_PX = 24;

/** Keeps a growing list scrolled to its end until the reader scrolls up, and again once they are back at the end. */
export class ScrollFollower {
  readonly #scroller: HTMLElement;
  readonly #onChange: (isFollowing: boolean) => void;
  readonly #growth: ResizeObserver;
  #isFollowing = true;
  #lastTop = 0;

  constructor(scroller: HTMLElement, content: HTMLElement, onChange: (isFollowing: boolean) => void) {
    this.#scroller = scroller;
    this.#onChange = onChange;
    this.#growth = new ResizeObserver(() => {
      if (this.#isFollowing) this.#toEnd();
    });
    this.#growth.observe(content);
    this.#growth.observe(scroller);
    scroller.addEventListener('scroll', this.#onScroll, { passive: true });
  }

  follow(): void {
    this.#set(true);
    this.#toEnd();
  }

  dispose(): void {
    this.#growth.disconnect();
    this.#scroller.removeEventListener('scroll', this.#onScroll);
  }

  readonly #onScroll = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const isNear = scrollHeight - scrollTop - clientHeight <= NEAR_PX;
    // Only a move upwards is the reader's: content that has grown since our own move looks like a distance, too.
    if (isNear) this.#set(true);
    else if (scrollTop < this.#lastTop) this.#set(false);
    this.#lastTop = scrollTop;
  };

  #toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #set(isFollowing: boolean): void {
    if (isFollowing === this.#isFollowing) return;
    this.#isFollowing = isFollowing;
    this.#onChange(isFollowing);
  }
}
