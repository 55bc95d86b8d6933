import type { Message, StoreChange } from '@jamie/core';
import type { Outcome } from '../commands/outcome.ts';
import { waitChange } from './wait-change.ts';

/** What the card of a change that was asked for in a sentence says first. */
const HANDED_OVER = 'Handing this to Scarlet: it changes the cluster.';

/**
 * Hands a plan that a sentence became to Scarlet: the card says so, and in the commit that stores it her graph is asked
 * to wait for the plan's end. Anything but the card of a plan stays as it is.
 */
export function handToScarlet(outcome: Outcome): Outcome {
  const { planId } = outcome.reply;
  const inserted = outcome.changes?.find((change) => change.kind === 'plan.insert');
  if (outcome.isCard !== true || planId === undefined || inserted === undefined) return outcome;
  const { correlationId } = inserted.record.plan;
  const wait = waitChange(planId, correlationId);
  return { ...outcome, changes: [...(outcome.changes ?? []).map(withNote), wait] };
}

/** Whether a card says that Scarlet waits for the end of its plan. */
export function isHandedOver({ body }: Pick<Message, 'body'>): boolean {
  if (body.kind !== 'reply') return false;
  return body.reply.sections.some(
    (section) => section.kind === 'text' && section.lines.includes(HANDED_OVER),
  );
}

function withNote(change: StoreChange): StoreChange {
  if (change.kind !== 'message.insert' || change.message.body.kind !== 'reply') return change;
  const { body } = change.message;
  const reply = { ...body.reply, sections: [{ kind: 'text' as const, lines: [HANDED_OVER] }] };
  return { ...change, message: { ...change.message, body: { ...body, reply } } };
}
