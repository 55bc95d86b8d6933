import type { Message, Store, StoreChange } from '@jamie/core';
import { OPEN_PLAN_STATUSES, showJob } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { isClaimable } from './claim-messages.ts';

/** Most open plans whose cards are painted anew, and most other messages that lag behind. */
const MAX_PLANS = 500;
const MAX_BEHIND = 500;
/** Slack takes fifty changes a minute; most of them are for what people ask for meanwhile. */
const REST_MS = 3_000;

/**
 * Asks Slack to show anew the cards of all plans that go on, because this version of the program may render them in
 * another way, and every message that Slack shows in an older version, because its job may have been given up. For a
 * start; cards that show how a plan ended stay as they are. Returns how many it asked for. Safe to repeat.
 */
export async function repaintAll(context: AgentsContext, signal: AbortSignal): Promise<number> {
  const { store, clock } = context;
  let asked = 0;
  for (const { id } of await listLagging(store)) {
    if (signal.aborted) break;
    const message = await store.findMessage(id);
    if (message === undefined || !(await askToShow(context, message))) continue;
    asked += 1;
    await clock.sleep(REST_MS, signal);
  }
  return asked;
}

async function listLagging(store: Store): Promise<readonly Message[]> {
  const plans = await store.listPlans({ statuses: OPEN_PLAN_STATUSES, limit: MAX_PLANS });
  const cards = await Promise.all(plans.map(({ plan }) => store.listMessagesOfPlan(plan.id)));
  const behind = await store.listBehind(MAX_BEHIND);
  return [...new Map([...cards.flat(), ...behind].map((message) => [message.id, message])).values()];
}

/** False when it is about to be shown anyhow, or never was: its own job posts it. */
async function askToShow({ store, clock }: AgentsContext, message: Message): Promise<boolean> {
  const { slack } = message;
  if (slack?.ts === undefined || !isClaimable(message, clock.now())) return false;
  const request = await store.findRequest(message.requestId);
  if (request === undefined) return false;
  const version = message.version + 1;
  const changes: readonly StoreChange[] = [
    {
      kind: 'message.update',
      message: { ...message, version, slack: { ...slack, shownVersion: 0 } },
      expectedVersion: message.version,
    },
    { kind: 'outbox.add', job: showJob(message, version, request.correlationId) },
  ];
  // A conflict means that somebody shows it now.
  return (await store.commit(changes)).kind === 'committed';
}
