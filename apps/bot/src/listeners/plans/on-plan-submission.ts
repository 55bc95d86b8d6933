import { type EditedValues, formatEdit, type PlanEditForm } from '@jamie/core';
import {
  DENY_REASON_FIELD,
  type ModalSubmission,
  type PlanModalState,
  parsePlanModalState,
} from '@jamie/slack';
import { tellPrivately } from '../../answers/tell-privately.ts';
import type { DeliveryTicket } from '../../inbox/delivery-ticket.ts';
import { SHARED_CHANNEL_REFUSAL } from '../../people/shared-channels.ts';
import type { Clicker } from '../actions/find-clicker.ts';
import { castClickedVote } from '../actions/on-vote.ts';
import { findSubmitter } from '../find-submitter.ts';
import type { ListenerContext } from '../listener-context.ts';
import { OLD_MODAL, OTHER_VERSION } from './other-version.ts';
import { tellRefusal } from './tell-refusal.ts';

/** Denies a plan, with the reason that was typed, if any. */
export async function onDenySubmission(
  context: ListenerContext,
  submission: ModalSubmission,
  ticket: DeliveryTicket,
): Promise<void> {
  const handedIn = await readPlanSubmission(context, submission);
  if (handedIn === undefined) return;
  const { planId, planHash } = handedIn.state;
  const reason = submission.values[DENY_REASON_FIELD];
  const vote = { planId, planHash, decision: 'deny' as const, ...(reason !== undefined && { reason }) };
  await castClickedVote(context, handedIn.submitter, vote, ticket);
}

/** Asks for the edited plan, as if it had been typed where the button stands; refused where there is nothing to edit. */
export async function onEditSubmission(
  context: ListenerContext,
  submission: ModalSubmission,
  ticket: DeliveryTicket,
): Promise<void> {
  const handedIn = await readPlanSubmission(context, submission);
  if (handedIn === undefined) return;
  const { state, submitter } = handedIn;
  const { principal, workspace, recipient } = submitter;
  const { planId, planHash, place } = state;
  if (place === undefined) return tellPrivately(workspace.client, recipient, OLD_MODAL);
  if (await context.channels.isShared(place.channelId, workspace)) {
    return tellPrivately(workspace.client, recipient, SHARED_CHANNEL_REFUSAL);
  }
  const reading = await context.desk.readEdit(planId, principal);
  if (reading.kind === 'refused') return tellRefusal(context, submitter, planId, reading.message);
  if (reading.form.planHash !== planHash) return tellRefusal(context, submitter, planId, OTHER_VERSION);
  const { teamId, userId } = submission;
  await context.desk.submit({
    idempotencyKey: ticket.id,
    inboxId: ticket.id,
    principal,
    slackPerson: { teamId, userId },
    place: { surface: 'slack', teamId: workspace.teamId, ...place },
    form: 'command',
    text: formatEdit(planId, valuesOf(reading.form, submission)),
  });
  ticket.isHandedOver = true;
}

interface PlanSubmission {
  readonly state: PlanModalState;
  readonly submitter: Clicker;
}

/** Undefined when there is nothing to do; whoever handed it in has been told why then. */
async function readPlanSubmission(
  context: ListenerContext,
  submission: ModalSubmission,
): Promise<PlanSubmission | undefined> {
  const state = parsePlanModalState(submission.metadata);
  const submitter = await findSubmitter(context, submission, state?.place);
  if (submitter === undefined) return undefined;
  if (state !== undefined) return { state, submitter };
  await tellPrivately(submitter.workspace.client, submitter.recipient, OLD_MODAL);
  return undefined;
}

/** What was typed into the fields of the form, and nothing else; the command's own grammar reads it once more. */
function valuesOf({ fields }: PlanEditForm, { values }: ModalSubmission): EditedValues {
  return Object.fromEntries(fields.map(({ name }) => [name, values[name] ?? '']));
}
