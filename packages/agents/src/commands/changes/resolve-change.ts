import { type ClusterConnection, type DirectOperation, OpsError, type WorkloadRef } from '@jamie/core';
import type { AgentsContext } from '../../agents-context.ts';
import type { CommandRequest } from '../command-request.ts';
import { findWorkload } from '../find-target.ts';
import { type Outcome, refusal } from '../outcome.ts';
import { resolveAmount } from '../resolve-amount.ts';
import { findAutoscaler } from './find-autoscaler.ts';
import { type FoundOperand, findOperand } from './find-operand.ts';
import type { OperandIntent } from './operand-kinds.ts';
import { type NamedOperation, operationNamed } from './operation-named.ts';

export type ResolvedChange =
  | {
      readonly kind: 'operation';
      readonly operation: DirectOperation;
      readonly connection: ClusterConnection;
    }
  /** An answer in place of a plan: a question back, or a refusal. */
  | { readonly kind: 'answered'; readonly outcome: Outcome };

/** Finds the object that a change names, and makes the operation absolute. Changes nothing. */
export async function resolveChange(
  context: AgentsContext,
  asked: CommandRequest,
  intent: OperandIntent,
): Promise<ResolvedChange> {
  const found = await find(context, asked, intent);
  if (found.kind === 'not_found') return { kind: 'answered', outcome: found.outcome };
  const resolved = await operationOf(asked, intent, found);
  if (resolved.kind === 'refused') return { kind: 'answered', outcome: refusal(resolved.message) };
  return { kind: 'operation', operation: resolved.operation, connection: found.connection };
}

async function find(context: AgentsContext, asked: CommandRequest, intent: OperandIntent) {
  if (intent.kind === 'scale' || intent.kind === 'restart' || intent.kind === 'rollback')
    return findWorkload(context, asked, intent);
  const found = await findOperand(context, asked, intent);
  if (found.kind === 'not_found' || intent.kind !== 'autoscale') return found;
  const autoscaler = await findAutoscaler(found, asked);
  return autoscaler.kind === 'found' ? { ...found, ref: autoscaler.ref } : autoscaler;
}

async function operationOf(
  { request }: CommandRequest,
  intent: OperandIntent,
  { connection, ref }: FoundOperand,
): Promise<NamedOperation> {
  if (intent.kind !== 'scale') return operationNamed(intent, ref);
  const target = workloadOf(ref);
  const amount = await resolveAmount(connection.reader, target, request.principal, intent.amount);
  if (amount.kind === 'refused') return amount;
  return { kind: 'operation', operation: { kind: 'scale', target, replicas: amount.replicas } };
}

function workloadOf({ kind, namespace, name }: FoundOperand['ref']): WorkloadRef {
  const isWorkload = kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet';
  if (isWorkload && namespace !== undefined) return { kind, namespace, name };
  throw new OpsError('internal', 'what is to be scaled is no workload');
}
