import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConversationState } from './conversation-state.ts';

/** Nearer to the end than this, in CSS pixels, the reader is taken to be following. */
const NEAR_END_PX = 120;

/**
 * Keeps the end of the conversation in view as long as the reader is there, and goes there when the reader says
 * something. What the reader unfolds moves nothing. `behind`: a message came while the reader was further up.
 */
export function useFollowedEnd({ shown, pending }: Pick<ConversationState, 'shown' | 'pending'>): {
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
    if (newest !== undefined && !following.current) setBehind(true);
  }, [newest]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is painted anew may have grown.
  useEffect(() => {
    if (following.current) scrollToEnd();
  }, [shown]);
  return { behind, goToEnd };
}

function distanceToEnd(): number {
  const { scrollHeight } = document.documentElement;
  return scrollHeight - window.innerHeight - window.scrollY;
}

function scrollToEnd(): void {
  window.scrollTo({ top: document.documentElement.scrollHeight });
}
