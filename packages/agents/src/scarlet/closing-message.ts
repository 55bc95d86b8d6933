import type { Message, MessageId, PlanId, PlanRecord, PlanStatus, Reply, ReplyOption } from '@jamie/core';

/** The one message in which Scarlet says how a plan ended. Its id follows from the plan's, so that it is written once. */
export function closingIdOf(planId: PlanId): MessageId {
  return `m_closing_${planId}` as MessageId;
}

/** How a plan ended, from its record alone. Undefined while it has not. */
export function closingMessage(record: PlanRecord, now: number): Message | undefined {
  const ending = ENDINGS[record.status];
  if (ending === undefined) return undefined;
  const { plan } = record;
  return {
    id: closingIdOf(plan.id),
    conversationId: plan.conversationId,
    requestId: plan.requestId,
    author: 'jamie',
    authorName: 'Scarlet',
    body: { kind: 'reply', reply: closingReply(record, ending) },
    at: now,
    version: 1,
  };
}

/** What the record of each status proves, and no more. */
const ENDINGS: Readonly<Partial<Record<PlanStatus, string>>> = {
  succeeded: 'Done and verified',
  inconclusive: 'Applied, but not verified',
  rolled_back: 'Not kept: it was rolled back, and that is verified',
  rollback_failed: 'Needs you: it went wrong, and so did the rollback',
  failed: 'Failed',
  denied: 'Not done: it was denied',
  cancelled: 'Not done: it was taken back',
  expired: 'Not done: nobody decided in time',
  stale: 'Not done: the object changed after the preview',
  refused: 'Not done: it was refused',
};

/** Statuses after which there is something to take back. */
const UNDOABLE: ReadonlySet<PlanStatus> = new Set(['succeeded', 'inconclusive', 'rollback_failed']);

function closingReply(record: PlanRecord, ending: string): Reply {
  const { plan, status, replacedBy, undoneBy } = record;
  const canUndo = UNDOABLE.has(status) && undoneBy === undefined;
  const undo = { label: `Undo ${plan.id}`, command: `undo ${plan.id}` };
  const fresh = replacedBy && { label: `Look at ${replacedBy}`, command: `plan ${replacedBy}` };
  const followUps: readonly ReplyOption[] = [...(canUndo ? [undo] : []), ...(fresh ? [fresh] : [])];
  return {
    tone: status === 'rollback_failed' || status === 'failed' ? 'error' : 'answer',
    headline: `${endingOf(record, ending)}: ${plan.headline}.`,
    sections: [
      {
        kind: 'text',
        lines: [
          record.reason,
          ...(canUndo ? [`To take it back: ${undo.command}`] : []),
          ...(fresh ? [`A fresh plan waits for a decision: ${replacedBy}`] : []),
        ],
      },
    ],
    proposals: [],
    about: plan.id,
    ...(followUps.length > 0 && { followUps }),
    ...(status === 'rollback_failed' || status === 'failed' ? { referenceId: plan.correlationId } : {}),
  };
}

function endingOf({ status, undoneBy, replacedBy }: PlanRecord, ending: string): string {
  if (undoneBy !== undefined) return `Done, and undone by ${undoneBy}`;
  return status === 'denied' && replacedBy !== undefined ? 'Not done: it was edited' : ending;
}
