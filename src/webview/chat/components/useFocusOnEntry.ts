import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * Keys go to `input` when the view as a whole gets the focus, as by the command that opens it; not when a click or Tab
 * has chosen something in it.
 */
export function useFocusOnEntry(input: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const enter = (): void => {
      if (document.activeElement === document.body) input.current?.focus();
    };
    if (document.hasFocus()) enter();
    window.addEventListener('focus', enter);
    return () => {
      window.removeEventListener('focus', enter);
    };
  }, []);
}
