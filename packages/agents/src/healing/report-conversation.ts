import type { ConversationPlace } from '@jamie/core';
import type { HealingConversation } from '@jamie/healing';
import type { AgentsContext } from '../agents-context.ts';
import { conversationIdOf } from '../desk/submit.ts';

/** The conversation at a place; `changes` make it where there is none yet. Fails like the store. */
export async function reportConversation(
  { store, digest, clock }: Pick<AgentsContext, 'store' | 'digest' | 'clock'>,
  place: ConversationPlace,
): Promise<HealingConversation> {
  const known = await store.findConversationAt(place);
  if (known !== undefined) return { id: known.id, changes: [] };
  const id = conversationIdOf(place, digest);
  const conversation = { id, place, createdAt: clock.now(), version: 1 };
  return { id, changes: [{ kind: 'conversation.insert', conversation }] };
}
