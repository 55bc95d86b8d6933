import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { answer, type Outcome, refusal } from './outcome.ts';

/** Stops every new change, or lets them start again. */
export async function freeze(
  context: AgentsContext,
  { request }: CommandRequest,
  { kind, reason }: IntentOf<'freeze' | 'unfreeze'>,
): Promise<Outcome> {
  const frozen = kind === 'freeze';
  const result = await context.operations.freeze(frozen, request.principal, reason, request.correlationId);
  if (result.kind === 'refused') {
    const what = frozen ? 'You may not stop all changes.' : 'Changes stay frozen.';
    return refusal(`${what} ${result.message}`);
  }
  if (result.kind === 'unchanged') {
    return answer(frozen ? `Changes are frozen already: ${result.state.reason}.` : 'Changes are not frozen.');
  }
  if (frozen) {
    return answer(`Frozen. No new change starts until somebody types unfreeze. Reason: ${reason}.`, [
      { kind: 'text', lines: ['Approved plans are held. A rollback under way is not stopped.'] },
    ]);
  }
  const held =
    result.plans === 0
      ? 'No plan was held.'
      : `Held plans that start now, unless they expired: ${result.plans}.`;
  return answer(`Unfrozen. ${held}`);
}
