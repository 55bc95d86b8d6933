import type { ObjectRef, PlanId, Reply, ReplyOption } from '@jamie/core';
import { formatCommand, MAX_FOLLOW_UPS, typedName } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { Intent } from '../grammar/command-list.ts';
import { formatIntent } from '../grammar/format-intent.ts';
import { readNamed } from '../grammar/kind-names.ts';
import { EVERY_NAMESPACE } from '../grammar/parameters.ts';
import { parseCommand } from '../grammar/parse-command.ts';
import { isJoinable } from '../grammar/parse-together.ts';
import type { CommandRequest } from './command-request.ts';
import { readDefaults } from './defaults-in-force.ts';
import { isPronoun } from './find-target.ts';
import type { NamingIntent } from './naming-intent.ts';
import type { Outcome } from './outcome.ts';

/** What a command means at the time when it is offered, where its words leave that open. */
export interface OfferMeaning {
  /** Absent where there is but one cluster. */
  readonly cluster?: string;
  /** The namespace by default. */
  readonly namespace?: string;
  /** What "it" is. */
  readonly focus?: ObjectRef;
  /** The only plan that waits for a vote. */
  readonly planId?: PlanId;
}

/**
 * Makes the commands that a reply offers mean the same whenever they are chosen, and whoever chooses them: by then the
 * conversation may be about another cluster or object, and another plan may wait.
 */
export async function pinOffers(
  context: AgentsContext,
  asked: CommandRequest,
  outcome: Outcome,
): Promise<Outcome> {
  const { choice, followUps, proposals } = outcome.reply;
  if (choice === undefined && followUps === undefined && proposals.length === 0) return outcome;
  const meaning = await meaningNow(context, asked, outcome);
  return { ...outcome, reply: pinReply(outcome.reply, meaning) };
}

async function meaningNow(
  context: AgentsContext,
  asked: CommandRequest,
  { cluster: shown, focus: found }: Outcome,
): Promise<OfferMeaning> {
  const { conversation } = asked;
  const [defaults, waiting] = await Promise.all([
    readDefaults(context, asked),
    context.store.listPlans({
      conversationId: conversation.id,
      statuses: ['awaiting_approval'],
      limit: 2,
    }),
  ]);
  const cluster = context.clusters.list().length > 1 ? (shown ?? defaults.cluster?.name) : undefined;
  const focus = found ?? conversation.focus;
  const namespace = defaults.namespace?.name;
  const [only, ...others] = waiting;
  return {
    ...(cluster !== undefined && { cluster }),
    ...(namespace !== undefined && namespace !== EVERY_NAMESPACE && { namespace }),
    ...(focus !== undefined && { focus }),
    ...(only !== undefined && others.length === 0 && { planId: only.plan.id }),
  };
}

/** The reply with its offers pinned; a vote on no plan in particular is not offered. Pure. */
export function pinReply(reply: Reply, meaning: OfferMeaning): Reply {
  const { choice, ...rest } = withClusterNamed(reply, meaning);
  const { followUps } = rest;
  const options = choice?.options.flatMap((option) => pinOption(option, meaning)) ?? [];
  return {
    ...rest,
    ...(choice !== undefined && options.length > 0 && { choice: { ...choice, options } }),
    ...(followUps && { followUps: followUps.flatMap((option) => pinOption(option, meaning)) }),
  };
}

/** A proposed operation names no cluster. Where there are several it is offered as a command, which can. */
function withClusterNamed(reply: Reply, { cluster }: OfferMeaning): Reply {
  if (cluster === undefined) return reply;
  const commands = reply.proposals.flatMap(({ label, operation }) =>
    operation === undefined ? [] : [{ label: `Plan: ${label}`, command: formatCommand(operation) }],
  );
  if (commands.length === 0) return reply;
  const proposals = reply.proposals.map(({ label, advice }) => ({ label, advice }));
  const followUps = [...commands, ...(reply.followUps ?? [])].slice(0, MAX_FOLLOW_UPS);
  return { ...reply, proposals, followUps };
}

function pinOption(option: ReplyOption, meaning: OfferMeaning): readonly ReplyOption[] {
  const parsed = parseCommand(option.command);
  if (parsed.kind !== 'intent') return [option];
  const pinned = pinIntent(parsed.intent, meaning);
  if (pinned === undefined) return [];
  const command = formatIntent(pinned);
  if (command === formatIntent(parsed.intent)) return [option];
  return [{ label: option.label === option.command ? command : option.label, command }];
}

function pinIntent(intent: Intent, meaning: OfferMeaning): Intent | undefined {
  switch (intent.kind) {
    case 'approve':
    case 'deny': {
      const planId = intent.planId ?? meaning.planId;
      return planId === undefined ? undefined : { ...intent, planId };
    }
    case 'why':
    case 'logs':
    case 'pods':
    case 'events':
    case 'top':
      return pinCluster(pinObject(intent, meaning), meaning);
    case 'diff':
      return intent.planId === undefined ? pinCluster(pinObject(intent, meaning), meaning) : intent;
    case 'health':
    case 'apply':
      return pinCluster(intent, meaning);
    case 'several':
      return { ...intent, commands: intent.commands.map((command) => pinCommand(command, meaning)) };
    default:
      return isJoinable(intent)
        ? pinCluster(pinNamespace(pinObject(intent, meaning), meaning), meaning)
        : intent;
  }
}

/** One of several commands in a row. */
function pinCommand(command: string, meaning: OfferMeaning): string {
  const parsed = parseCommand(command);
  const pinned = parsed.kind === 'intent' ? pinIntent(parsed.intent, meaning) : undefined;
  return pinned === undefined ? command : formatIntent(pinned);
}

type PlacedIntent = Extract<Intent, { readonly place: object }>;

function pinObject<Naming extends NamingIntent>(intent: Naming, { focus }: OfferMeaning): Naming {
  if (focus === undefined || intent.words.length === 0 || !intent.words.every(isPronoun)) return intent;
  const place = { ...intent.place, ...(focus.namespace !== undefined && { namespace: focus.namespace }) };
  return { ...intent, words: [typedName(focus)], place };
}

/** Commands about what stands in no namespace. */
const NODE_COMMANDS: ReadonlySet<Intent['kind']> = new Set(['cordon', 'uncordon', 'drain']);

/** A name with a slash may hold its namespace already. */
function pinNamespace<Naming extends NamingIntent>(intent: Naming, { namespace }: OfferMeaning): Naming {
  const isNode = NODE_COMMANDS.has(intent.kind) || readNamed(intent.words).kind === 'Node';
  const isNamed =
    isNode || intent.place.namespace !== undefined || intent.words.some((word) => word.includes('/'));
  return isNamed || namespace === undefined ? intent : { ...intent, place: { ...intent.place, namespace } };
}

function pinCluster<Placed extends PlacedIntent>(intent: Placed, { cluster }: OfferMeaning): Placed {
  return intent.place.cluster !== undefined || cluster === undefined
    ? intent
    : { ...intent, place: { ...intent.place, cluster } };
}
