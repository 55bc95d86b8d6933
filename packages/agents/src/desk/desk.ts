import type { Desk } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { findShown, readRequest, readTranscript } from './show.ts';
import { submit } from './submit.ts';
import { watchShown } from './watch-shown.ts';

/** The one desk behind every surface. */
export function createDesk(context: AgentsContext): Desk {
  const { store, operations, logger } = context;
  return {
    submit: (submission) => submit(context, submission),
    vote: (ballot) => operations.vote(ballot),
    readCard: (planId) => operations.readCard(planId),
    findConversationAt: (place) => store.findConversationAt(place),
    readTranscript: (conversationId) => readTranscript(store, conversationId),
    readRequest: (requestId) => readRequest(store, requestId),
    findShown: (messageId) => findShown(store, messageId),
    onShown: (listener) => watchShown(store, logger, listener),
  };
}
