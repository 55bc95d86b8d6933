import type { Desk, Notifier } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { readHealing } from '../commands/healing.ts';
import { linkToNewestCard } from './card-link.ts';
import { readHome } from './home/read-home.ts';
import { recordFeedback } from './record-feedback.ts';
import { findShown, readRequest, readTranscript } from './show.ts';
import { stopAtOnce } from './stop-at-once.ts';
import { submit } from './submit.ts';
import { suggest } from './suggest.ts';
import { watchShown } from './watch-shown.ts';

/** The one desk behind every surface. `findNotifier`: what shows in Slack what cannot wait for a worker. */
export function createDesk(
  context: AgentsContext,
  findNotifier: () => Notifier | undefined = () => undefined,
): Desk {
  const { store, operations, logger } = context;
  return {
    submit: (submission) => submit(context, submission),
    stop: (press) => stopAtOnce(context, press, findNotifier),
    vote: (ballot) => operations.vote(ballot),
    readEdit: (planId, principal) => operations.readEdit(planId, principal),
    findCardLink: (planId) => linkToNewestCard(store, planId),
    recordFeedback: (feedback) => recordFeedback(context, feedback),
    readHome: (principal) => readHome(context, principal),
    readHealing: (principal) => readHealing(context, principal),
    suggest: (query) => suggest(context, query),
    readCard: (planId) => operations.readCard(planId),
    findConversationAt: (place) => store.findConversationAt(place),
    readTranscript: (conversationId) => readTranscript(store, conversationId),
    readRequest: (requestId) => readRequest(store, requestId),
    findShown: (messageId) => findShown(store, messageId),
    onShown: watchShown(store, logger),
  };
}
