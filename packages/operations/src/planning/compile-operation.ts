import type { ClusterConnection, ClusterSnapshot, KubeObject, OperationOf, WorkloadRef } from '@jamie/core';
import { assertNever, readJsonPointer } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { compileRestart } from './compile-restart.ts';
import { compileRollback } from './compile-rollback.ts';
import { compileScale } from './compile-scale.ts';
import { compileUndo, stepToUndo } from './compile-undo.ts';
import { type Compiled, type CompileRefusal, type CompileResult, refuseCompile } from './compiled.ts';
import { formatSelector } from './label-selector.ts';
import type { PlanRequest } from './plan-request.ts';

/** An operation compiled against what the cluster holds now. */
export interface CompiledOperation {
  readonly kind: 'compiled';
  readonly compiled: Compiled;
  readonly connection: ClusterConnection;
  readonly target: WorkloadRef;
  readonly live: KubeObject;
  readonly snapshot: ClusterSnapshot;
}

/** Reads the target as the requester and compiles the operation against it. Throws not_found and forbidden. */
export async function compileOperation(
  context: OperationsContext,
  request: PlanRequest,
): Promise<CompiledOperation | CompileRefusal> {
  if (request.operation.kind === 'undo') return compileUndoOf(context, request, request.operation);
  const connection = context.clusters.connect(request.cluster);
  const { operation } = request;
  if (operation.kind !== 'scale' && operation.kind !== 'restart' && operation.kind !== 'rollback') {
    return refuseCompile('not_applicable', 'I cannot carry out this operation yet.');
  }
  const target = operation.target;
  const live = await connection.reader.get(target, request.requester.kubernetes);
  const snapshot = await connection.snapshots.snapshot();
  const result = await compileOn(context, request, operation, { connection, target, live, snapshot });
  return result.kind === 'refused' ? result : { ...result, connection, target, live, snapshot };
}

type Surroundings = Omit<CompiledOperation, 'kind' | 'compiled'>;
type WorkloadOperation = OperationOf<'scale' | 'restart' | 'rollback'>;

async function compileOn(
  context: OperationsContext,
  request: PlanRequest,
  operation: WorkloadOperation,
  { connection, target, live, snapshot }: Surroundings,
): Promise<CompileResult> {
  switch (operation.kind) {
    case 'scale':
      return compileScale(target, operation.replicas, live, snapshot);
    case 'restart':
      return compileRestart(target, live, context.clock.now());
    case 'rollback': {
      const labelSelector = formatSelector(readJsonPointer(live, '/spec/selector'));
      const query = { namespace: target.namespace, labelSelector };
      const replicaSets = await connection.reader.list('ReplicaSet', query, request.requester.kubernetes);
      return compileRollback(target, operation.toRevision, live, replicaSets);
    }
    default:
      return assertNever(operation);
  }
}

async function compileUndoOf(
  context: OperationsContext,
  request: PlanRequest,
  operation: OperationOf<'undo'>,
): Promise<CompiledOperation | CompileRefusal> {
  const record = await context.store.findPlan(operation.planId);
  if (record === undefined) return refuseCompile('nothing_to_undo', `I know no plan ${operation.planId}.`);
  const step = stepToUndo(record, await context.store.listIntents(operation.planId));
  if (typeof step === 'string') return refuseCompile('nothing_to_undo', step);
  const connection = context.clusters.connect(record.plan.cluster);
  const target = step.target.ref as WorkloadRef;
  const live = await connection.reader.get(target, request.requester.kubernetes);
  if (live.metadata.uid !== step.target.uid) {
    return refuseCompile(
      'nothing_to_undo',
      `${target.kind} ${target.name} was deleted and made anew since ${record.plan.id}.`,
    );
  }
  const result = compileUndo(record, step, live);
  if (result.kind === 'refused') return result;
  return { ...result, connection, target, live, snapshot: await connection.snapshots.snapshot() };
}
