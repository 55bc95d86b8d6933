import type { DirectOperation } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { parseCommand } from '../grammar/parse-command.ts';
import { isJoinable } from '../grammar/parse-together.ts';
import { resolveChange } from './changes/resolve-change.ts';
import type { CommandRequest } from './command-request.ts';
import { type Outcome, refusal } from './outcome.ts';
import { propose } from './propose.ts';

/** Plans several changes as one. What is unclear in one of them is asked back before anything is planned. */
export async function several(
  context: AgentsContext,
  asked: CommandRequest,
  { commands }: IntentOf<'several'>,
): Promise<Outcome> {
  const operations: DirectOperation[] = [];
  const clusters = new Set<string>();
  for (const [index, command] of commands.entries()) {
    const parsed = parseCommand(command);
    if (parsed.kind !== 'intent' || !isJoinable(parsed.intent))
      return refusal(`Change ${index + 1}, "${command}", cannot stand in a plan with others.`);
    const resolved = await resolveChange(context, asked, parsed.intent);
    if (resolved.kind === 'answered') return aboutOne(resolved.outcome, index + 1, commands.length);
    operations.push(resolved.operation);
    clusters.add(resolved.connection.info.name);
  }
  const [cluster, ...others] = clusters;
  if (others.length > 0) return refusal('One plan is about one cluster. Make a plan for each.');
  return propose(context, asked, { kind: 'several', operations }, cluster);
}

/** A choice would plan that change alone. */
function aboutOne({ reply, ...outcome }: Outcome, index: number, count: number): Outcome {
  const { choice, ...rest } = reply;
  const options = choice?.options.map(({ label }) => label) ?? [];
  const named = options.length === 0 ? '' : ` It may be ${options.join(', or ')}.`;
  return {
    ...outcome,
    reply: { ...rest, headline: `Change ${index} of ${count}: ${reply.headline}${named}` },
  };
}
