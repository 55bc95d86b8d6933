import { type RefObject, useEffect, useState } from 'react';

/** Nearer to the end than this, in CSS pixels, the reader is taken to be following. */
const NEAR_END_PX = 120;

/**
 * Keeps the end of a growing list in view as long as the reader is there. `behind`: something new came while the
 * reader was further up.
 */
export function useFollowedEnd(list: RefObject<HTMLElement | null>): {
  readonly behind: boolean;
  readonly goToEnd: () => void;
} {
  const [behind, setBehind] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    let following = true;
    const noteScroll = (): void => {
      following = distanceToEnd() < NEAR_END_PX;
      if (following) setBehind(false);
    };
    const noteGrowth = (): void => {
      if (following) scrollToEnd();
      else setBehind(true);
    };
    const growth = new ResizeObserver(noteGrowth);
    growth.observe(element);
    window.addEventListener('scroll', noteScroll, { passive: true });
    return () => {
      growth.disconnect();
      window.removeEventListener('scroll', noteScroll);
    };
  }, [list]);
  return { behind, goToEnd: scrollToEnd };
}

function distanceToEnd(): number {
  const { scrollHeight } = document.documentElement;
  return scrollHeight - window.innerHeight - window.scrollY;
}

function scrollToEnd(): void {
  window.scrollTo({ top: document.documentElement.scrollHeight });
}
