import type {
  ClusterConnection,
  ObjectManager,
  Plan,
  PlanId,
  PlanRecord,
  PostCondition,
  Principal,
} from '@jamie/core';
import { canonicalJson, isOpsError, planIdOf } from '@jamie/core';
import type { PlannedEffect } from '@jamie/policy';
import type { OperationsContext } from '../operations-context.ts';
import { findManagers } from '../ownership/find-managers.ts';
import { blastRadiusOf } from './blast-radius.ts';
import { compileOperation, refuseUnread } from './compile-operation.ts';
import { type ClusterOfUndo, compileUndo, findUndoable } from './compile-undo.ts';
import { directOperationsOf } from './direct-operations.ts';
import { refuseSeveralDrains } from './nodes-going.ts';
import { planHash } from './plan-hash.ts';
import type { PlanRequest } from './plan-request.ts';
import { previewOf } from './preview.ts';
import { refuseBeyondLimits } from './refuse-beyond-limits.ts';
import type { Compiled, StepFacts } from './step-draft.ts';
import { type GrowingSurroundings, surroundingsOf } from './surroundings.ts';
import { StepTrial, type TriedDraft } from './try-steps.ts';

interface PlanRefusal {
  readonly kind: 'refused';
  readonly reason: string;
  readonly message: string;
  /** Who else decides about the objects, where it got far enough to know and somebody does. */
  readonly managers?: readonly ObjectManager[];
}

export type PlanResult = { readonly kind: 'planned'; readonly record: PlanRecord } | PlanRefusal;

/**
 * Makes a plan: reads the targets as the requester, compiles, asks the cluster's authoriser, dry-runs each step as the
 * requester, finds who else manages the objects, computes blast radius and risk, and closes it with a hash. Writes
 * nothing, neither to the cluster nor to the store.
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
  const undo = await findUndoable(context, request.operation);
  if (undo?.kind === 'refused') return undo;
  for (const operation of directOperationsOf(request.operation)) {
    const refusal = refuseUnread(operation, context.ownNamespace);
    if (refusal !== undefined) return refusal;
  }
  const drains = refuseSeveralDrains(request.operation);
  if (drains !== undefined) return drains;
  const exceeded = undo === undefined ? await refuseBeyondLimits(context, request) : undefined;
  if (exceeded !== undefined) return exceeded;
  const connection = context.clusters.connect(undo === undefined ? request.cluster : undo.cluster);
  const { requester } = request;
  const planId = planIdOf(context.digest(request.planKey));
  const surroundings = await surroundingsOf(context, { connection, requester, planId });
  const trial = new StepTrial(connection, surroundings, context.digest);
  const compiled = await compileAll(request, surroundings, trial, undo);
  if (compiled.kind === 'refused') return compiled;
  return decide(context, request, { connection, surroundings, planId, compiled, tried: trial.tried });
}

interface CompiledAll {
  readonly kind: 'compiled';
  readonly parts: readonly (Compiled & { readonly namespaces: readonly string[] })[];
}

/** Compiles each operation on what the earlier ones leave behind, and tries its steps out. */
async function compileAll(
  request: PlanRequest,
  surroundings: GrowingSurroundings,
  trial: StepTrial,
  undo: ClusterOfUndo | undefined,
): Promise<CompiledAll | PlanRefusal> {
  const parts: CompiledAll['parts'][number][] = [];
  const compilers =
    undo === undefined
      ? directOperationsOf(request.operation).map(
          (operation) => () => compileOperation(operation, surroundings),
        )
      : [() => compileUndo(undo, surroundings)];
  for (const compile of compilers) {
    const result = await compile();
    if (result.kind === 'refused') return result;
    for (const draft of result.compiled.steps) {
      const refusal = await trial.add(draft);
      if (refusal !== undefined) return refusal;
    }
    const namespaces = result.compiled.steps.flatMap(({ target }) => target.namespace ?? []);
    parts.push({ ...result.compiled, namespaces: [...new Set(namespaces)] });
  }
  if (trial.tried.length > 0) return { kind: 'compiled', parts };
  return { kind: 'refused', reason: 'no_change', message: 'Everything is so already. Nothing to change.' };
}

interface Decided {
  readonly connection: ClusterConnection;
  readonly surroundings: GrowingSurroundings;
  readonly planId: PlanId;
  readonly compiled: CompiledAll;
  readonly tried: readonly TriedDraft[];
}

function decide(context: OperationsContext, request: PlanRequest, plan: Decided): PlanResult {
  const { connection, surroundings, tried, compiled } = plan;
  const { snapshot, now } = surroundings;
  const facts = tried.map(({ draft, after }) => draft.measure(after));
  const effects = facts.map(({ effect }) => effect);
  const managers = findManagers(tried, snapshot);
  const blastRadius = blastRadiusOf(facts, snapshot);
  const book = context.policy.current();
  const { name: cluster, environment } = connection.info;
  const { requester } = request;
  const isWayBack = request.operation.kind === 'undo';
  const change = { cluster, environment, requester, effects, blastRadius, managers, isWayBack, now };
  const decision = book.decide(change);
  if (decision.kind === 'deny') {
    const { rule: reason, message } = decision;
    return { kind: 'refused', reason, message, ...(managers.length > 0 && { managers }) };
  }
  const risk = { ...decision.risk, watchMs: decision.risk.watchMs * context.timing.watchScale };
  const open: Omit<Plan, 'hash'> = {
    id: plan.planId,
    requestId: request.requestId,
    conversationId: request.conversationId,
    correlationId: request.correlationId,
    cluster,
    operation: request.operation,
    headline: headlineOf(compiled, cluster),
    requester,
    steps: tried.map(({ step }) => step),
    preview: previewOf(
      tried.map(({ step, draft, after }) => ({ step, before: draft.before, after })),
      [...managers.map(describeManager), ...warningsOf(compiled, tried, facts)],
    ),
    blastRadius,
    managers,
    risk,
    rollback: tried.flatMap(({ rollback }) => rollback ?? []),
    onPartialFailure: compiled.parts.some(({ onPartialFailure }) => onPartialFailure === 'hold')
      ? 'hold'
      : 'compensate',
    postConditions: conditionsOf(tried),
    createdAt: now,
    expiresAt: now + risk.expiresAfterMs,
    policyVersion: book.version,
    policyRules: decision.rules,
    ...(request.replaces && { replaces: request.replaces }),
    ...(request.healing && { healing: request.healing }),
  };
  return { kind: 'planned', record: newRecord({ ...open, hash: planHash(open, context.digest) }, now) };
}

/** Titles with their place: said once where all of it happens in one namespace. */
function headlineOf({ parts }: CompiledAll, cluster: string): string {
  const namespaces = [...new Set(parts.flatMap((part) => part.namespaces))];
  const place = (names: readonly string[]) => (names.length === 0 ? '' : ` in ${names.join(', ')}`);
  if (namespaces.length <= 1) {
    return `${parts.map(({ title }) => title).join(', then ')}${place(namespaces)} on ${cluster}`;
  }
  return `${parts.map((part) => `${part.title}${place(part.namespaces)}`).join(', then ')} on ${cluster}`;
}

function warningsOf(
  { parts }: CompiledAll,
  tried: readonly TriedDraft[],
  facts: readonly StepFacts[],
): readonly string[] {
  const waysBack = tried.flatMap(({ draft }) => (draft.wayBack.kind === 'none' ? [draft.wayBack.why] : []));
  return [
    ...new Set([
      ...parts.flatMap(({ warnings }) => warnings),
      ...waysBack,
      ...facts.flatMap(({ effect }) => healthWarnings(effect, facts.length > 1)),
    ]),
  ];
}

/** What somebody else would make of the change, and the right way. */
function describeManager({ name, ref, reverts, advice }: ObjectManager): string {
  const named = `${name} decides about ${ref.kind} ${ref.name}`;
  return reverts ? `${named} and would take this back. ${advice}` : `${named}, too. ${advice}`;
}

function healthWarnings(effect: PlannedEffect, isOneOfMany: boolean): readonly string[] {
  const { readyReplicas, currentReplicas, target } = effect;
  if (readyReplicas >= currentReplicas) return [];
  const who = isOneOfMany ? ` of ${target.kind} ${target.name}` : '';
  return [`Only ${readyReplicas} of ${currentReplicas}${who} are ready before the change.`];
}

function conditionsOf(tried: readonly TriedDraft[]): readonly PostCondition[] {
  const all = tried.flatMap(({ draft }) => draft.conditions);
  return [...new Map(all.map((condition) => [canonicalJson(condition), condition])).values()];
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

function refusalOf(error: unknown, requester: Principal): PlanRefusal | undefined {
  if (!isOpsError(error)) return undefined;
  if (!['not_found', 'forbidden', 'policy_denied', 'invalid_input'].includes(error.code)) return undefined;
  const said = error.userMessage ?? error.message;
  const message =
    error.code === 'forbidden'
      ? `Kubernetes does not let ${requester.kubernetes.user} do this. ${said}. Ask somebody with rights there.`
      : said;
  return { kind: 'refused', reason: error.code, message };
}
