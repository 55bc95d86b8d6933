import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type ConversationFeed, createConversationFeed, type FeedSurroundings } from './conversation-feed.ts';
import type { ConversationState } from './conversation-state.ts';

/** The conversation under this key, live while the component is mounted. */
export function useConversation(
  key: string,
  surroundings: FeedSurroundings,
): { readonly conversation: ConversationState; readonly feed: ConversationFeed } {
  const feed = useMemo(() => createConversationFeed(key, surroundings), [key, surroundings]);
  useEffect(() => {
    feed.start();
    return () => feed.stop();
  }, [feed]);
  const conversation = useSyncExternalStore(feed.subscribe, feed.state, feed.state);
  return { conversation, feed };
}
