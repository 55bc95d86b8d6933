import type { PlanId, PlanRecord, ReplyOption } from '@jamie/core';
import { MAX_FOLLOW_UPS, OPEN_PLAN_STATUSES, showJob } from '@jamie/core';
import { cardMessage } from '@jamie/operations';
import type { AgentsContext } from '../agents-context.ts';
import { answerIdOf } from '../desk/answer-id.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { answer, type Outcome, refusal } from './outcome.ts';
import { readablePlans } from './plan-rights.ts';

/** Most open plans that are looked at, and that are listed. */
const READ_PLANS = 200;
const LISTED_PLANS = 20;

/** The open plans, those of this conversation first; or the live card of one plan, as a fresh message. */
export async function plan(
  context: AgentsContext,
  asked: CommandRequest,
  { planId }: IntentOf<'plan'>,
): Promise<Outcome> {
  return planId === undefined ? listOpen(context, asked) : showCard(context, asked, planId);
}

/** The open plans that a person may be shown, newest first, and how many others there are. */
export async function readOpenPlans(
  context: AgentsContext,
  { request }: CommandRequest,
): Promise<{ readonly shown: readonly PlanRecord[]; readonly hidden: number }> {
  const open = await context.store.listPlans({ statuses: OPEN_PLAN_STATUSES, limit: READ_PLANS });
  const shown = await readablePlans(context, request.principal, open);
  return { shown, hidden: open.length - shown.length };
}

async function listOpen(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  const { shown, hidden } = await readOpenPlans(context, asked);
  const isHere = (record: PlanRecord) => record.plan.conversationId === asked.conversation.id;
  const ordered = [...shown.filter(isHere), ...shown.filter((record) => !isHere(record))];
  const listed = ordered.slice(0, LISTED_PLANS);
  const lines = [
    ...(ordered.length > listed.length ? [`Another ${ordered.length - listed.length} are not listed.`] : []),
    ...describeHidden(hidden),
  ];
  const outcome = answer(headlineOf(shown.length, shown.filter(isHere).length), [
    ...(listed.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            columns: ['Plan', 'What', 'State', 'Where'],
            rows: listed.map((record) => [
              record.plan.id,
              record.plan.headline,
              record.reason,
              isHere(record) ? 'this conversation' : 'elsewhere',
            ]),
          },
        ]),
    ...(lines.length === 0 ? [] : [{ kind: 'text' as const, lines }]),
  ]);
  return { ...outcome, reply: { ...outcome.reply, ...waysToShow(listed) } };
}

function headlineOf(count: number, here: number): string {
  if (count === 0) return 'No plan is open that you may see.';
  const open = count === 1 ? 'One plan is open' : `${count} plans are open`;
  if (here === count) return `${open}, in this conversation.`;
  return here === 0
    ? `${open}, none of them in this conversation.`
    : `${open}, ${here} in this conversation.`;
}

/** How many plans a person may not see, in a line of its own; nothing where there are none. */
export function describeHidden(hidden: number): readonly string[] {
  if (hidden === 0) return [];
  const are = hidden === 1 ? 'One more is' : `${hidden} more are`;
  return [
    `${are} about namespaces or nodes that Kubernetes does not let you read, or that I cannot ask about now.`,
  ];
}

function waysToShow(listed: readonly PlanRecord[]): {
  readonly followUps?: readonly ReplyOption[];
  readonly choice?: { readonly prompt: string; readonly options: readonly ReplyOption[] };
} {
  if (listed.length === 0) return {};
  const options = listed.map(({ plan: { id, headline } }) => ({
    label: `Show ${id}: ${headline}`,
    command: `plan ${id}`,
  }));
  // Where there are more plans than follow-ups, they stand in a choice.
  return options.length > MAX_FOLLOW_UPS
    ? { choice: { prompt: 'Show the card of', options } }
    : { followUps: options };
}

async function showCard(context: AgentsContext, asked: CommandRequest, planId: PlanId): Promise<Outcome> {
  const record = await context.store.findPlan(planId);
  if (record === undefined)
    return refusal(
      `I know no plan ${planId}. Check the id on its card, or type plan for those that are open.`,
    );
  const [readable] = await readablePlans(context, asked.request.principal, [record]);
  if (readable === undefined) {
    return refusal(
      `${planId} is about a namespace or a node that Kubernetes does not let you read, or that I cannot ask about now.`,
    );
  }
  return cardOutcome(context, asked, record);
}

/** A fresh message that shows the plan's live card, which is repainted wherever it stands. */
function cardOutcome(
  context: AgentsContext,
  { request }: CommandRequest,
  { plan: shown }: PlanRecord,
): Outcome {
  const { id, conversationId, correlationId } = request;
  const at = context.clock.now();
  const message = cardMessage(shown, { id: answerIdOf(id), conversationId, requestId: id, at });
  return {
    reply: message.body.reply,
    changes: [
      { kind: 'message.insert', message },
      { kind: 'outbox.add', job: showJob(message, message.version, correlationId) },
    ],
    isCard: true,
  };
}
