import type { AgentsContext } from '../agents-context.ts';
import type { OperandIntent } from './changes/operand-kinds.ts';
import { resolveChange } from './changes/resolve-change.ts';
import type { CommandRequest } from './command-request.ts';
import type { Outcome } from './outcome.ts';
import { propose } from './propose.ts';

/** Plans a change of one object that was named. */
export async function change(
  context: AgentsContext,
  asked: CommandRequest,
  intent: OperandIntent,
): Promise<Outcome> {
  const resolved = await resolveChange(context, asked, intent);
  if (resolved.kind === 'answered') return resolved.outcome;
  return propose(context, asked, resolved.operation, resolved.connection.info.name);
}
