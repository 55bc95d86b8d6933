import type { Delegation, SlackPerson } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { answer, type Outcome, refusal } from './outcome.ts';

/** Lets somebody approve for this person for a while, ends that, or says who stands in for whom. */
export async function delegate(
  context: AgentsContext,
  { request }: CommandRequest,
  { userId, seconds = 0, ends, reason }: IntentOf<'delegate'>,
): Promise<Outcome> {
  const { principal: from, slackPerson, correlationId } = request;
  if (userId === undefined) return list(context, from.id);
  if (slackPerson === undefined) {
    return refusal('I know people by their Slack accounts. Say this in Slack: delegate @grace 8h.');
  }
  const to: SlackPerson = { teamId: slackPerson.teamId, userId };
  if (ends) {
    const ended = await context.operations.endDelegation({ from, to, correlationId });
    return ended === undefined
      ? refusal('They do not stand in for you.')
      : answer(`${ended.to.displayName} no longer stands in for you.`);
  }
  const result = await context.operations.delegate({
    from,
    to,
    durationMs: seconds * 1_000,
    reason,
    correlationId,
  });
  if (result.kind === 'refused') return refusal(result.message);
  const { delegation } = result;
  return answer(`${delegation.to.displayName} may approve for you until ${isoOf(delegation.until)}.`, [
    {
      kind: 'text',
      lines: [
        'Your own rights count then, once for each plan, and never for a change that either of you has asked for.',
        `To end it: delegate end <@${userId}>`,
      ],
    },
  ]);
}

async function list(context: AgentsContext, personId: string): Promise<Outcome> {
  const open = await context.store.listDelegations(context.clock.now());
  const own = open.filter(({ from, to }) => from.id === personId || to.id === personId);
  if (own.length === 0) return answer('You stand in for nobody, and nobody stands in for you.');
  return answer('These people stand in for somebody.', [
    { kind: 'table', columns: ['For', 'Stands in', 'Until', 'Reason'], rows: own.map(toRow) },
  ]);
}

function toRow({ from, to, until, reason }: Delegation): readonly string[] {
  return [from.displayName, to.displayName, isoOf(until), reason];
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
