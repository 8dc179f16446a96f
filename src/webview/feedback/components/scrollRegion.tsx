import type { ComponentChildren } from 'preact';

export interface ScrollRegionProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

/** A titled section whose content may be wider than the page; the keyboard can scroll it. */
export function ScrollRegion({ title, children }: ScrollRegionProps) {
  return (
    <section>
      <h2>{title}</h2>
      <div class="scroll" role="region" aria-label={title} tabIndex={0}>
        {children}
      </div>
    </section>
  );
}
