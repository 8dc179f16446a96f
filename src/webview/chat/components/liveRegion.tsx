import { useEffect, useRef } from 'preact/hooks';
import type { ChatMessage } from '../../../core/ports/chatMessage.ts';
import { Announcer } from '../announcer.ts';

/** Out of sight: reads the newest answer to screen readers while it is written. */
export function LiveRegion({ latest }: { readonly latest: ChatMessage | undefined }) {
  const region = useRef<HTMLDivElement>(null);
  const announcer = useRef<Announcer>(null);
  useEffect(() => {
    if (!region.current) return;
    announcer.current ??= new Announcer(region.current);
    announcer.current.update(latest);
  }, [latest]);
  return <div ref={region} class="unseen" aria-live="polite" aria-relevant="additions" />;
}
