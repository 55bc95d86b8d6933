import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** Nearer to the end than this, in CSS pixels, the reader is taken to be following. */
const NEAR_END_PX = 120;

/**
 * Keeps the end of a growing list in view as long as the reader is there, and goes there when the reader says
 * something (`lastSaid` changes). `behind`: something new came while the reader was further up.
 */
export function useFollowedEnd(
  list: RefObject<HTMLElement | null>,
  lastSaid: string | undefined,
): {
  readonly behind: boolean;
  readonly goToEnd: () => void;
} {
  const [behind, setBehind] = useState(false);
  const following = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    let before = window.scrollY;
    const noteScroll = (): void => {
      // Growth alone moves the end away without moving the reader; only the reader scrolls up.
      if (distanceToEnd() < NEAR_END_PX) following.current = true;
      else if (window.scrollY < before) following.current = false;
      before = window.scrollY;
      if (following.current) setBehind(false);
    };
    const noteGrowth = (): void => {
      if (following.current) scrollToEnd();
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
  const goToEnd = useCallback(() => {
    following.current = true;
    setBehind(false);
    scrollToEnd();
  }, []);
  useEffect(() => {
    if (lastSaid !== undefined) goToEnd();
  }, [lastSaid, goToEnd]);
  return { behind, goToEnd };
}

function distanceToEnd(): number {
  const { scrollHeight } = document.documentElement;
  return scrollHeight - window.innerHeight - window.scrollY;
}

function scrollToEnd(): void {
  window.scrollTo({ top: document.documentElement.scrollHeight });
}
