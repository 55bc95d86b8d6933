import type { ClusterConnection, KubeObject, Plan, PlanRecord, Principal, WriteRequest } from '@jamie/core';
import { isOpsError, OpsError, planIdOf } from '@jamie/core';
import { checkGuardrails } from '@jamie/policy';
import type { OperationsContext } from '../operations-context.ts';
import { accessOf } from './access.ts';
import { blastRadiusOf } from './blast-radius.ts';
import { afterStep, buildRollbackStep, buildStep, requestOf } from './build-step.ts';
import { type CompiledOperation, compileOperation } from './compile-operation.ts';
import type { Compiled } from './compiled.ts';
import { planHash } from './plan-hash.ts';
import type { PlanRequest } from './plan-request.ts';
import { postConditionsOf } from './post-conditions.ts';
import { previewOf } from './preview.ts';

export type PlanResult =
  | { readonly kind: 'planned'; readonly record: PlanRecord }
  | { readonly kind: 'refused'; readonly reason: string; readonly message: string };

/**
 * Makes a plan: reads the target as the requester, compiles, asks the cluster's authoriser, dry-runs as the
 * requester, computes blast radius and risk, and closes it with a hash. Writes nothing, neither to the cluster nor to
 * the store.
 */
export async function makePlan(context: OperationsContext, request: PlanRequest): Promise<PlanResult> {
  try {
    return await planOrRefuse(context, request);
  } catch (error) {
    const refusal = refusalOf(error, request.requester);
    if (refusal !== undefined) return refusal;
    throw error;
  }
}

async function planOrRefuse(context: OperationsContext, request: PlanRequest): Promise<PlanResult> {
  const compiled = await compileOperation(context, request);
  if (compiled.kind === 'refused') return compiled;
  const { connection, live, snapshot, target } = compiled;
  const guardrail = checkGuardrails(target, context.ownNamespace);
  if (guardrail.kind === 'deny')
    return { kind: 'refused', reason: guardrail.reason, message: guardrail.message };
  const denied = await accessRefusal(connection, request.requester, compiled);
  if (denied !== undefined) return denied;

  const { write } = compiled.compiled;
  const dryRun = await tryOut(connection, requestOf(live, write), request.requester);
  const step = buildStep('step-1', write, live, dryRun, context.digest);
  const blastRadius = blastRadiusOf(compiled.compiled, target, live, snapshot);
  const now = context.clock.now();
  const book = context.policy.current();
  const decision = book.decide({
    cluster: connection.info.name,
    environment: connection.info.environment,
    requester: request.requester,
    effects: [{ ...compiled.compiled, operation: compiled.compiled.effect, target, images: [] }],
    blastRadius,
    managers: [],
    now,
  });
  if (decision.kind === 'deny') return { kind: 'refused', reason: decision.rule, message: decision.message };
  const risk = { ...decision.risk, watchMs: decision.risk.watchMs * context.timing.watchScale };
  const after = afterStep(step, live, dryRun);
  const open: Omit<Plan, 'hash'> = {
    id: planIdOf(context.digest(request.planKey)),
    requestId: request.requestId,
    conversationId: request.conversationId,
    correlationId: request.correlationId,
    cluster: connection.info.name,
    operation: request.operation,
    headline: `${compiled.compiled.title} in ${target.namespace} on ${connection.info.name}`,
    requester: request.requester,
    steps: [step],
    preview: previewOf(live, after, step.expected, [
      ...compiled.compiled.warnings,
      ...healthWarnings(compiled.compiled),
    ]),
    blastRadius,
    managers: [],
    risk,
    rollback: [buildRollbackStep(step, live, dryRun, context.digest)],
    onPartialFailure: 'compensate',
    postConditions: postConditionsOf(target, compiled.compiled, context.timing),
    createdAt: now,
    expiresAt: now + risk.expiresAfterMs,
    policyVersion: book.version,
    policyRules: decision.rules,
    ...(request.replaces && { replaces: request.replaces }),
  };
  return { kind: 'planned', record: newRecord({ ...open, hash: planHash(open, context.digest) }, now) };
}

/** What the server says that the object would be. */
async function tryOut(
  connection: ClusterConnection,
  request: WriteRequest,
  { kubernetes }: Principal,
): Promise<KubeObject> {
  const object = await connection.writer.dryRun(request, kubernetes);
  if (object !== undefined) return object;
  throw new OpsError('internal', 'the dry run of a patch left no object');
}

async function accessRefusal(
  connection: ClusterConnection,
  requester: Principal,
  { target, live, compiled }: CompiledOperation,
): Promise<PlanResult | undefined> {
  const answer = await connection.reader.reviewAccess(
    requester.kubernetes,
    accessOf(requestOf(live, compiled.write)),
  );
  if (answer.allowed) return undefined;
  return {
    kind: 'refused',
    reason: 'not_permitted',
    message: `Kubernetes does not let ${requester.kubernetes.user} change ${target.kind} ${target.name} in ${target.namespace} on ${connection.info.name}. Ask somebody with rights there.`,
  };
}

function healthWarnings(compiled: Compiled): readonly string[] {
  if (compiled.readyReplicas >= compiled.currentReplicas) return [];
  return [`Only ${compiled.readyReplicas} of ${compiled.currentReplicas} are ready before the change.`];
}

function newRecord(plan: Plan, now: number): PlanRecord {
  const { approvals } = plan.risk.quorum;
  return {
    plan,
    status: 'awaiting_approval',
    version: 1,
    updatedAt: now,
    reason: approvals === 1 ? 'Waiting for one approval.' : `Waiting for ${approvals} approvals.`,
  };
}

function refusalOf(error: unknown, requester: Principal): PlanResult | undefined {
  if (!isOpsError(error)) return undefined;
  if (!['not_found', 'forbidden', 'policy_denied', 'invalid_input'].includes(error.code)) return undefined;
  const said = error.userMessage ?? error.message;
  const message =
    error.code === 'forbidden'
      ? `Kubernetes does not let ${requester.kubernetes.user} do this. ${said}. Ask somebody with rights there.`
      : said;
  return { kind: 'refused', reason: error.code, message };
}
