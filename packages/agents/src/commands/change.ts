import type { OperationRequest } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { type FoundWorkload, findWorkload } from './find-target.ts';
import { type Outcome, refusal } from './outcome.ts';
import { propose } from './propose.ts';
import { resolveAmount } from './resolve-amount.ts';

type ChangeIntent = IntentOf<'scale' | 'restart' | 'rollback'>;

/** Plans a change of a workload that was named. */
export async function change(
  context: AgentsContext,
  asked: CommandRequest,
  intent: ChangeIntent,
): Promise<Outcome> {
  const found = await findWorkload(context, asked, intent);
  if (found.kind === 'not_found') return found.outcome;
  const resolved = await operationOf(found, asked, intent);
  if (resolved.kind === 'refused') return refusal(resolved.message);
  return propose(context, asked, resolved.operation, found.connection.info.name);
}

type Resolved =
  | { readonly kind: 'operation'; readonly operation: OperationRequest }
  | { readonly kind: 'refused'; readonly message: string };

async function operationOf(
  { connection, ref }: FoundWorkload,
  { request }: CommandRequest,
  intent: ChangeIntent,
): Promise<Resolved> {
  const target = { kind: ref.kind, namespace: ref.namespace, name: ref.name };
  switch (intent.kind) {
    case 'scale': {
      const amount = await resolveAmount(connection.reader, ref, request.principal, intent.amount);
      if (amount.kind === 'refused') return amount;
      return { kind: 'operation', operation: { kind: 'scale', target, replicas: amount.replicas } };
    }
    case 'restart':
      return { kind: 'operation', operation: { kind: 'restart', target } };
    case 'rollback': {
      const { toRevision } = intent;
      return {
        kind: 'operation',
        operation: { kind: 'rollback', target, ...(toRevision !== undefined && { toRevision }) },
      };
    }
  }
}
