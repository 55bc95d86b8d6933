import type { AuditEntry, Feedback, FeedbackResult, Message, StoreChange } from '@jamie/core';
import { redactSecrets } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';

/** The audit kind under which verdicts on answers are kept. */
export const FEEDBACK_KIND = 'answer.feedback';

/** Longest comment that is kept, in characters. */
const MAX_COMMENT_LENGTH = 2_000;
/** How many verdicts on younger answers are looked through for an earlier one of the same person. */
const LOOKED_THROUGH = 500;

/**
 * Records what somebody thinks of an answer as an audit entry. The same verdict again changes nothing; another one is
 * appended and says that it replaces the earlier one, so that the latest counts.
 */
export async function recordFeedback(
  { store, clock }: Pick<AgentsContext, 'store' | 'clock'>,
  feedback: Feedback,
): Promise<FeedbackResult> {
  const finish: readonly StoreChange[] =
    feedback.inboxId === undefined ? [] : [{ kind: 'inbox.finish', id: feedback.inboxId }];
  const message = await store.findMessage(feedback.messageId);
  const request = message && (await store.findRequest(message.requestId));
  if (message?.author !== 'jamie' || request === undefined) {
    return {
      kind: 'unknown',
      message: 'I no longer have that answer, so I could not note what you think of it.',
    };
  }
  const details = detailsOf(feedback);
  const earlier = await findEarlier(store, feedback, message);
  const isRepeat = earlier !== undefined && sayTheSame(earlier.details, details);
  const entry: AuditEntry = {
    at: clock.now(),
    kind: FEEDBACK_KIND,
    actor: feedback.principal.id,
    correlationId: request.correlationId,
    details: { ...details, ...(earlier !== undefined && { replacesEarlier: true }) },
  };
  await store.commit([...(isRepeat ? [] : [{ kind: 'audit.append' as const, entry }]), ...finish]);
  if (isRepeat) return { kind: 'repeated', message: 'I had noted that already. Thank you.' };
  return earlier === undefined
    ? { kind: 'recorded', message: 'Noted. Thank you.' }
    : { kind: 'replaced', message: 'Noted, in the place of what you said before. Thank you.' };
}

function detailsOf({ messageId, verdict, problem, comment }: Feedback) {
  const said = comment === undefined ? '' : redactSecrets(comment).trim().slice(0, MAX_COMMENT_LENGTH);
  return {
    messageId,
    verdict,
    ...(problem !== undefined && { problem }),
    ...(said !== '' && { comment: said }),
  };
}

async function findEarlier(
  store: AgentsContext['store'],
  { principal, messageId }: Feedback,
  message: Message,
): Promise<AuditEntry | undefined> {
  const query = { kindPrefixes: [FEEDBACK_KIND], since: message.at, limit: LOOKED_THROUGH };
  const records = await store.listRecentAudit(query);
  const isTheirs = ({ actor, details }: AuditEntry) =>
    actor === principal.id && details['messageId'] === messageId;
  return records.map(({ entry }) => entry).find(isTheirs);
}

/** Whether the later verdict adds nothing: a bare "not helpful" repeats one that came with a reason. */
function sayTheSame(earlier: AuditEntry['details'], later: ReturnType<typeof detailsOf>): boolean {
  return (
    earlier['verdict'] === later.verdict &&
    (later.problem === undefined || later.problem === earlier['problem']) &&
    (later.comment === undefined || later.comment === earlier['comment'])
  );
}
