import type {
  BreakGlass,
  HealingOrigin,
  Plan,
  PlanCard,
  PlanRecord,
  PlanStatus,
  PostCondition,
  Vote,
} from '@jamie/core';
import { assertNever } from '@jamie/core';
import { nameOf } from './approval/vote-event.ts';
import { fieldsOf } from './editing/fields-of.ts';
import { rollbackStepsOf } from './execution/step-states.ts';

const UNDOABLE: ReadonlySet<PlanStatus> = new Set([
  'verifying',
  'watching',
  'succeeded',
  'inconclusive',
  'rollback_failed',
]);

/** What every surface shows of a plan. Pure: rendered from the record and its votes alone, never from a model. */
export function toPlanCard(record: PlanRecord, votes: readonly Vote[]): PlanCard {
  const { plan } = record;
  return {
    planId: plan.id,
    planHash: plan.hash,
    headline: plan.headline,
    status: record.status,
    tier: plan.risk.tier,
    statusLine: statusLineOf(record),
    ...(plan.healing !== undefined && { healing: describeHealing(plan.healing) }),
    facts: factsOf(plan, record),
    diff: plan.preview.diff,
    warnings: plan.preview.warnings,
    votes: votes.map(describeVote),
    actions: actionsOf(record),
  };
}

function statusLineOf({ reason, unanswered }: PlanRecord): string {
  return unanswered === undefined ? reason : `${reason} ${unanswered.reason}`;
}

function describeHealing({ finding, caseId, attempt, attemptsAllowed }: HealingOrigin): string {
  const count = `attempt ${attempt} of ${attemptsAllowed} within 24 hours`;
  return `Nobody asked for this. I found: ${finding.replace(/\.$/, '')}. Case ${caseId}, ${count}.`;
}

function actionsOf(record: PlanRecord): PlanCard['actions'] {
  if (record.status === 'awaiting_approval') {
    return fieldsOf(record.plan.operation).length > 0 ? ['approve', 'edit', 'deny'] : ['approve', 'deny'];
  }
  return isUndoable(record) ? ['undo'] : [];
}

function isUndoable({ status, undoneBy, appliedSteps = 0, plan }: PlanRecord): boolean {
  if (undoneBy !== undefined) return false;
  if (UNDOABLE.has(status)) return true;
  // A plan that ended half-way may have left something that can be taken back.
  return status === 'failed' && rollbackStepsOf(plan, plan.steps.slice(0, appliedSteps)).length > 0;
}

function describeVote(vote: Vote): string {
  const because = vote.reason === undefined || vote.reason === '' ? '' : `: ${vote.reason}`;
  return `${nameOf(vote)} ${vote.decision === 'approve' ? 'approved' : 'denied'}${because}`;
}

function factsOf(plan: Plan, record: PlanRecord): PlanCard['facts'] {
  const { requester, risk } = plan;
  const facts = [
    ...(plan.healing === undefined
      ? [{ label: 'Asked by', value: requester.displayName }]
      : healingFacts(record, plan.healing)),
    { label: 'Runs as', value: `${requester.kubernetes.user} (Kubernetes allows it)` },
    { label: 'Affects', value: describeBlastRadius(plan) },
    ...(plan.managers.length > 0 ? [{ label: 'Managed by', value: describeManagers(plan) }] : []),
    { label: 'Risk', value: `${risk.tier}: ${risk.reasons.join('; ')}` },
    { label: 'Needs', value: isByRule(record) ? 'nobody: a rule let it start' : describeQuorum(plan) },
    { label: 'Rollback', value: describeRollback(plan) },
    ...(plan.steps.length > 1 ? [{ label: 'If a step fails', value: describePartialFailure(plan) }] : []),
    { label: 'Checked after', value: describeChecks(plan) },
    { label: 'Expires', value: new Date(plan.expiresAt).toISOString() },
  ];
  if (plan.policyRules.length > 0) facts.push({ label: 'Rules', value: plan.policyRules.join(', ') });
  if (record.breakGlass !== undefined)
    facts.push({ label: 'Emergency', value: describeEmergency(record.breakGlass) });
  if (record.watchUntil !== undefined && record.status === 'watching') {
    facts.push({ label: 'Watched until', value: new Date(record.watchUntil).toISOString() });
  }
  if (plan.replaces !== undefined) facts.push({ label: 'Replaces', value: plan.replaces });
  if (record.replacedBy !== undefined) facts.push({ label: 'Replaced by', value: record.replacedBy });
  if (record.undoneBy !== undefined) facts.push({ label: 'Undone by', value: record.undoneBy });
  return facts;
}

/** Started by a rule of the team, as the signed decision says. */
function isByRule({ approval }: PlanRecord): boolean {
  return approval?.statement.basis === 'autonomy';
}

function healingFacts(record: PlanRecord, healing: HealingOrigin): PlanCard['facts'] {
  const { remediation, evidence } = healing;
  const places = new Set(record.plan.steps.map(({ target }) => target.ref.namespace ?? 'nodes'));
  const how = isByRule(record) ? 'by itself' : 'as a suggestion that people decide';
  return [
    { label: 'Asked by', value: 'nobody' },
    ...(evidence.length > 0 ? [{ label: 'Seen', value: evidence.join('; ') }] : []),
    {
      label: 'Allowed by',
      value: `policy ${record.plan.policyVersion}, autonomy for ${[...places].join(' and ')}: ${remediation} ${how}`,
    },
  ];
}

function describeEmergency({ by, review, reviewDueAt }: BreakGlass): string {
  const owed =
    review === undefined
      ? `a review is owed by ${new Date(reviewDueAt).toISOString()}`
      : `reviewed by ${review.by.displayName}`;
  return `${by.displayName} broke the glass; ${owed}`;
}

function describeManagers({ managers }: Plan): string {
  const said = managers.map(({ name, evidence }) => `${name} (${evidence})`);
  return [...new Set(said)].join('; ');
}

function describeBlastRadius(plan: Plan): string {
  const { podsAffected, namespaceReadyPods, services } = plan.blastRadius;
  const pods =
    podsAffected === 0
      ? 'no running pod'
      : `${podsAffected} ${podsAffected === 1 ? 'pod' : 'pods'} (${namespaceReadyPods} ready in the namespace)`;
  return services.length === 0 ? pods : `${pods}; behind Service ${services.join(', ')}`;
}

function describeQuorum(plan: Plan): string {
  const { approvals, requesterCounts, fromTeams } = plan.risk.quorum;
  const whose = fromTeams === undefined ? '' : ` of people in ${fromTeams.join(' or ')}`;
  const count = approvals === 1 ? `one approval${whose}` : `${approvals} approvals${whose}`;
  return requesterCounts ? count : `${count}, not by ${plan.requester.displayName}`;
}

function describePartialFailure({ onPartialFailure, steps }: Plan): string {
  return onPartialFailure === 'compensate'
    ? `those before it are taken back, the last first (${steps.length} steps)`
    : `those before it stay, and the card says which (${steps.length} steps)`;
}

function describeRollback(plan: Plan): string {
  if (plan.steps.length > 1) return describeRollbackOfSeveral(plan);
  const values = plan.rollback.flatMap((step) => Object.entries(step.expected));
  const [only] = plan.rollback;
  const replicas = values.find(([pointer]) => pointer === '/spec/replicas');
  if (replicas !== undefined) {
    return `by itself, back to ${replicas[1]} ${replicas[1] === 1 ? 'replica' : 'replicas'}, if it gets worse`;
  }
  if (only === undefined) return 'not possible';
  if (only.target.uid === null) return 'by itself, made anew as it is now, if it gets worse';
  const isTemplate = values.every(([pointer]) => pointer.startsWith('/spec/template'));
  return `by itself, back to the present ${isTemplate ? 'pod template' : 'values'}, if it gets worse`;
}

function describeRollbackOfSeveral({ steps, rollback }: Plan): string {
  if (rollback.length === 0) return 'not possible';
  const without = steps.length - rollback.length;
  const but = without === 0 ? '' : `; ${without} of ${steps.length} steps cannot be taken back`;
  return `by itself, back to the present values, the last step first, if it gets worse${but}`;
}

function describeChecks(plan: Plan): string {
  const checks = [...new Set(plan.postConditions.map(describeCondition))];
  const then = `then watched for ${seconds(plan.risk.watchMs)}`;
  return checks.length === 0 ? `it stays so; ${then}` : `${checks.join(', ')}; ${then}`;
}

function describeCondition(condition: PostCondition): string {
  switch (condition.kind) {
    case 'rollout_complete':
      return `rollout complete within ${seconds(condition.withinMs)}`;
    case 'ready_for':
      return `ready for ${seconds(condition.durationMs)}`;
    case 'restarts_flat':
      return 'no restarts';
    case 'fields_hold':
      return `it stays so for ${seconds(condition.durationMs)}`;
    case 'gone':
      return `gone within ${seconds(condition.withinMs)}`;
    case 'ready_again':
      return `${condition.atLeast} ready again within ${seconds(condition.withinMs)}`;
    case 'job_succeeded':
      return `finished well within ${seconds(condition.withinMs)}`;
    default:
      return assertNever(condition);
  }
}

function seconds(durationMs: number): string {
  return durationMs >= 120_000
    ? `${Math.round(durationMs / 60_000)} min`
    : `${Math.round(durationMs / 1_000)} s`;
}
