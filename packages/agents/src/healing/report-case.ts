import type { ConversationPlace, Message, MessageId, Principal, StoreChange } from '@jamie/core';
import { canonicalJson, showJob } from '@jamie/core';
import type { HealingConversation, HealingReport } from '@jamie/healing';
import type { AgentsContext } from '../agents-context.ts';
import { derivedKey } from '../derived-ids.ts';
import { caseRequestChanges, caseRequestIdsOf } from './case-request.ts';
import { reportConversation } from './report-conversation.ts';
import { reportPlacesOf } from './report-places.ts';
import { findReportThread } from './report-thread.ts';

type ReportContext = Pick<AgentsContext, 'store' | 'digest' | 'clock'>;

/**
 * What tells the team of a case, in each place that its policy names: one message for each report and place, in the
 * thread of the case's first card there. Fails like the store.
 */
export async function reportCase(
  context: ReportContext,
  report: HealingReport,
  automation: Principal,
): Promise<readonly StoreChange[]> {
  const [first, ...others] = reportPlacesOf(report.autonomy);
  const main = await reportConversation(context, first);
  const request = await caseRequestChanges(context, report.healingCase.id, main.id, automation);
  const told = [await tell(context, report, first, main)];
  for (const place of others) {
    told.push(await tell(context, report, place, await reportConversation(context, place)));
  }
  return [...request, ...told.flat()];
}

async function tell(
  context: ReportContext,
  { healingCase, reply, key, at }: HealingReport,
  place: ConversationPlace,
  conversation: HealingConversation,
): Promise<readonly StoreChange[]> {
  const { digest } = context;
  const { id: requestId, correlationId } = caseRequestIdsOf(healingCase.id, digest);
  const inThreadOf = await findReportThread(context, healingCase, conversation.id);
  const message: Message = {
    id: `m_${derivedKey(digest, canonicalJson({ key, place }))}` as MessageId,
    conversationId: conversation.id,
    requestId,
    author: 'jamie',
    authorName: 'Scarlet',
    body: { kind: 'reply', reply },
    ...(inThreadOf !== undefined && { inThreadOf }),
    at,
    version: 1,
  };
  return [
    ...conversation.changes,
    { kind: 'message.insert', message },
    { kind: 'outbox.add', job: showJob(message, message.version, correlationId) },
  ];
}
