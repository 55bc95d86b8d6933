import type { ClusterReader, FreezeState, KubernetesIdentity, Plan, PlanRecord, Step } from '@jamie/core';
import { checkGuardrails, LONGEST_BREAK_GLASS_MS } from '@jamie/policy';
import { checkStoredPlan } from '../approval/check-stored-plan.ts';
import { emergencyFault } from '../approval/emergency-fault.ts';
import type { OperationsContext } from '../operations-context.ts';
import { readyReplicasOf } from '../planning/replica-counts.ts';
import { autonomyFault } from '../remedies/autonomy-fault.ts';
import { compareLive, firstStepsOf, type StepComparison } from './compare-plan.ts';
import { unreadableReason } from './decide-stop.ts';
import { describeStale } from './describe-stop.ts';
import { type LiveObject, readLive } from './read-live.ts';
import { refuseSecondDrain } from './refuse-second-drain.ts';
import { reviewRights } from './review-rights.ts';

/** The targets of a plan as they are right before its first request. */
export interface PlanTargets {
  readonly compared: readonly StepComparison[];
  /** The target of the first step. */
  readonly first: LiveObject | undefined;
  /** Ready pods of all workloads among them; undefined where there is none that could be read. */
  readonly readyReplicas: number | undefined;
}

/** Reads every target of a plan as somebody, once. Throws only what may pass by itself. */
export async function readTargets(
  context: OperationsContext,
  reader: ClusterReader,
  plan: Plan,
  as: KubernetesIdentity,
): Promise<PlanTargets> {
  const compared: StepComparison[] = [];
  const ready: number[] = [];
  let first: LiveObject | undefined;
  // One after the other: a drain may have as many targets as a node has pods.
  for (const step of firstStepsOf(plan)) {
    const live = await readLive(reader, step.target.ref, as);
    first ??= live;
    compared.push({ step, live: compareLive(step, live, context.digest) });
    if (live.kind === 'found' && WORKLOADS.has(live.object.kind)) ready.push(readyReplicasOf(live.object));
  }
  const readyReplicas = ready.length === 0 ? undefined : ready.reduce((sum, count) => sum + count, 0);
  return { compared, first, readyReplicas };
}

const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

export type StartDecision =
  | { readonly kind: 'start' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'stale'; readonly reason: string };

/** Whether every target still is as previewed, before the first of them is touched. Pure. */
export function decideStart(plan: Plan, { compared }: PlanTargets): StartDecision {
  for (const { step, live } of compared) {
    if (live.kind === 'unreadable') return { kind: 'refused', reason: unreadableReason(live.reason) };
    if (live.kind !== 'as_previewed') return { kind: 'stale', reason: describeStale(plan, step, live) };
  }
  return { kind: 'start' };
}

/** Everything that may have changed between approval and start, except the objects themselves. */
export async function refusalBeforeStart(
  context: OperationsContext,
  record: PlanRecord,
): Promise<string | undefined> {
  const { plan } = record;
  if (plan.policyVersion !== context.policy.current().version)
    return 'The rules changed after the preview. Nothing was changed. Ask for it again.';
  for (const step of plan.steps) {
    const guardrail = checkGuardrails(step.request, context.ownNamespace);
    if (guardrail.kind === 'deny') return guardrail.message;
  }
  const drain = await refuseSecondDrain(context, plan);
  if (drain !== undefined) return drain;
  const rights = await refusalNow(context, record, plan.steps);
  return rights === undefined ? undefined : `${rights} Nothing was changed.`;
}

/**
 * Whether the approval holds, and whether everybody involved still may do these steps. Asked whenever requests are about
 * to be sent: time may have passed since the start, and with it rights. Returns why the plan must not go on, or
 * undefined.
 */
export async function refusalNow(
  context: OperationsContext,
  record: PlanRecord,
  steps: readonly Step[],
): Promise<string | undefined> {
  const votes = await context.store.listVotes(record.plan.id);
  return (
    checkStoredPlan(record, votes, context) ??
    (await autonomyFault(context, record)) ??
    (await emergencyFault(context, record)) ??
    reviewRights(context, record, votes, steps)
  );
}

/** From when on an approved plan must not begin any more; an emergency is one for a short time only. */
export function startBefore({ plan, approval }: PlanRecord): number {
  if (approval?.statement.basis !== 'break_glass') return plan.expiresAt;
  return Math.min(plan.expiresAt, plan.createdAt + LONGEST_BREAK_GLASS_MS);
}

/** What a plan says while everything is frozen. */
export function heldReason(plan: Plan, appliedSteps: number, freeze: FreezeState): string {
  const why = `all changes are frozen (${freeze.reason})`;
  if (appliedSteps === 0)
    return `Approved, and held: ${why}. It starts once they are unfrozen, if it has not expired.`;
  return `Held after ${appliedSteps} of ${plan.steps.length} steps: ${why}. It goes on once they are unfrozen.`;
}
