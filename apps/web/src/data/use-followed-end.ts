import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { ConversationState } from './conversation-state.ts';

/** Nearer to the end than this, in CSS pixels, the reader is taken to be following. */
const NEAR_END_PX = 120;

/** What header and input take from the window, about, in CSS pixels. */
const BARS_PX = 190;

/**
 * Keeps the end of the conversation in view as long as the reader is there, and goes there when the reader says
 * something. Of a message taller than the window the beginning comes into view, for it carries the point. What the
 * reader unfolds moves nothing. `behind`: a message came while the reader was further up.
 */
export function useFollowedEnd(
  list: RefObject<HTMLElement | null>,
  { shown, pending }: Pick<ConversationState, 'shown' | 'pending'>,
): {
  readonly behind: boolean;
  readonly goToEnd: () => void;
} {
  const [behind, setBehind] = useState(false);
  const following = useRef(true);
  useEffect(() => {
    let before = window.scrollY;
    const noteScroll = (): void => {
      // Growth alone moves the end away without moving the reader; only the reader scrolls up.
      if (distanceToEnd() < NEAR_END_PX) following.current = true;
      else if (window.scrollY < before) following.current = false;
      before = window.scrollY;
      if (following.current) setBehind(false);
    };
    window.addEventListener('scroll', noteScroll, { passive: true });
    return () => window.removeEventListener('scroll', noteScroll);
  }, []);
  const goToEnd = useCallback(() => {
    following.current = true;
    setBehind(false);
    scrollToEnd();
  }, []);
  const lastSaid = pending.at(-1)?.submission.idempotencyKey;
  useEffect(() => {
    if (lastSaid !== undefined) goToEnd();
  }, [lastSaid, goToEnd]);
  const newest = shown.at(-1)?.message.id;
  useEffect(() => {
    if (newest === undefined) return;
    if (!following.current) setBehind(true);
    else if (isTall(list.current?.lastElementChild)) list.current?.lastElementChild?.scrollIntoView();
  }, [list, newest]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is painted anew may have grown.
  useEffect(() => {
    if (following.current && !isTall(list.current?.lastElementChild)) scrollToEnd();
  }, [shown]);
  return { behind, goToEnd };
}

function isTall(message: Element | null | undefined): boolean {
  return (message?.clientHeight ?? 0) > window.innerHeight - BARS_PX;
}

function distanceToEnd(): number {
  const { scrollHeight } = document.documentElement;
  return scrollHeight - window.innerHeight - window.scrollY;
}

function scrollToEnd(): void {
  window.scrollTo({ top: document.documentElement.scrollHeight });
}
