import {
  canonicalJson,
  type Intent,
  isTerminal,
  type JobQueue,
  type PlanRecord,
  readJsonPointer,
  type Step,
  verifyAuditChain,
  type WriteRequest,
} from '@jamie/core';
import { sha256 } from '@jamie/runtime';
import { unless } from '../changes/change.ts';
import type { QuickTrial } from './quick-trial.ts';

/** What is judged: the plans of a store, and the cluster that they are about. */
export interface JudgedTrial extends Pick<QuickTrial, 'store' | 'name' | 'requests'> {
  readonly site: Pick<QuickTrial['site'], 'backend'>;
  readonly signer: Pick<QuickTrial['signer'], 'verify'>;
  readonly inspector: { readonly queue: Pick<JobQueue, 'counts'> };
}

/** What a family knows beyond the rules that hold always. */
export interface Expectation {
  /** Other people have touched the objects: what they look like in the end is no proof. */
  readonly isTouched?: boolean;
  /** Most requests to the API server for each plan and each process that lived. */
  readonly mostRequests?: number;
  /** Jobs may have been given up for good, as long as somebody asked for their work again. */
  readonly mayFailJobs?: boolean;
}

const ALL = 1_000_000;
/** A plan of three steps takes about 60 without a fault; each retry and each look takes a few more. */
const MOST_REQUESTS = 600;

/** What does not hold of I1 to I7 after a trial has come to rest; empty when all does. */
export async function judgeTrial(trial: JudgedTrial, expected: Expectation = {}): Promise<readonly string[]> {
  const all = await trial.store.listPlans({ limit: ALL });
  // A plan that went stale is followed by a fresh one, on which nobody has voted yet.
  const fresh = new Set(all.flatMap(({ replacedBy }) => replacedBy ?? []));
  const records = all.filter(({ plan, status }) => !(fresh.has(plan.id) && status === 'awaiting_approval'));
  const intents = await Promise.all(records.map(({ plan }) => trial.store.listIntents(plan.id)));
  const perPlan = await Promise.all(
    records.map((record, index) => judgePlan(trial, record, intents[index] ?? [], expected)),
  );
  const { mostRequests = MOST_REQUESTS } = expected;
  const most = mostRequests * Math.max(1, records.length);
  return [
    ...perPlan.flat(),
    ...(await judgeWrites(trial, records, intents)),
    ...(await judgeAudit(trial, records, expected)),
    ...unless(trial.requests <= most, `I5: ${trial.requests} requests for ${records.length} plans`),
  ];
}

async function judgePlan(
  trial: JudgedTrial,
  record: PlanRecord,
  intents: readonly Intent[],
  { isTouched = false }: Expectation,
): Promise<readonly string[]> {
  const { plan, status, reason } = record;
  const names = intents.map(({ phase, stepId }) => `${phase} ${stepId}`);
  const effects = intents.filter(({ outcome }) => outcome !== undefined && outcome.kind !== 'not_applied');
  const done = new Set(effects.map(({ phase, stepId }) => `${phase} ${stepId}`));
  const isWhole = plan.steps.every(({ id }) => done.has(`execute ${id}`));
  const isBack = effects.every(
    ({ phase, stepId }) =>
      phase === 'rollback' ||
      !plan.rollback.some(({ id }) => id === `${stepId}-rollback`) ||
      done.has(`rollback ${stepId}-rollback`),
  );
  const untouched = ['stale', 'refused', 'expired', 'denied', 'cancelled'];
  const live = status === 'succeeded' && !isTouched ? await unmetFields(trial, plan.steps) : [];
  return [
    ...unless(isTerminal(status), `I2: ${plan.id} was left ${status}: ${reason}`),
    ...unless(reason !== '', `I2: ${plan.id} ended ${status} without a reason`),
    ...unless(
      intents.every(({ outcome }) => outcome),
      `I3: ${plan.id} has intents without an outcome`,
    ),
    ...unless(new Set(names).size === names.length, `I3: ${plan.id} has two intents of a step`),
    ...unless(status !== 'succeeded' || isWhole, `I6: ${plan.id} succeeded in part: ${canonicalJson(names)}`),
    ...unless(
      status !== 'rolled_back' || isBack,
      `I6: ${plan.id} is not rolled back: ${canonicalJson(names)}`,
    ),
    ...unless(
      !untouched.includes(status) || effects.length === 0,
      `I4: ${plan.id} is ${status} and had effects`,
    ),
    ...(intents.length > 0 ? await judgeApproval(trial, record) : []),
    ...live.map((pointer) => `I4: ${plan.id} succeeded and ${pointer} is not as approved`),
  ];
}

async function judgeApproval(trial: JudgedTrial, { plan, approval }: PlanRecord): Promise<readonly string[]> {
  if (approval === undefined) return [`I3: ${plan.id} was begun without an approval`];
  const { statement, signature } = approval;
  const votes = await trial.store.listVotes(plan.id);
  const approvers = new Set(
    votes.filter(({ decision }) => decision === 'approve').map((vote) => vote.principal.id),
  );
  if (!plan.risk.quorum.requesterCounts) approvers.delete(plan.requester.id);
  const uids = plan.steps.map(({ target }) => target.uid);
  return [
    ...unless(trial.signer.verify(canonicalJson(statement), signature), `I3: ${plan.id} is not signed`),
    ...unless(statement.planHash === plan.hash, `I4: another plan than ${plan.id} was approved`),
    ...unless(canonicalJson(statement.uids) === canonicalJson(uids), `I4: other objects than of ${plan.id}`),
    ...unless(
      statement.basis !== 'quorum' || approvers.size >= plan.risk.quorum.approvals,
      `I3: ${plan.id} had ${approvers.size} of ${plan.risk.quorum.approvals} approvals`,
    ),
  ];
}

/** Fields that a plan was to write and that the cluster does not show. */
async function unmetFields(trial: JudgedTrial, steps: readonly Step[]): Promise<readonly string[]> {
  const unmet: string[] = [];
  for (const { target, expected, request } of steps) {
    const object = await trial.site.backend.administer('GET', pathOf(target.ref));
    if (request.verb === 'delete' || request.verb === 'evict') continue;
    for (const [pointer, value] of Object.entries(expected)) {
      const found = readJsonPointer(JSON.parse(object.text), pointer) ?? null;
      const isZero = found === null && value === 0;
      if (!isZero && canonicalJson(found) !== canonicalJson(value))
        unmet.push(`${target.ref.name}${pointer}`);
    }
  }
  return unmet;
}

/** One effect of each intent that says so, none beyond: counted by the API server itself. */
async function judgeWrites(
  trial: JudgedTrial,
  records: readonly PlanRecord[],
  intents: readonly (readonly Intent[])[],
): Promise<readonly string[]> {
  const bounds = new Map<string, { least: number; most: number }>();
  for (const [index, { plan }] of records.entries()) {
    for (const step of [...plan.steps, ...plan.rollback]) {
      const intent = intents[index]?.find(({ stepId }) => stepId === step.id);
      const key = keyOf(step.request);
      const bound = bounds.get(key) ?? { least: 0, most: 0 };
      bounds.set(key, bound);
      const { least, most } = boundsOf(intent);
      bound.least += least;
      bound.most += most;
    }
  }
  const made = new Map<string, number>();
  for (const { verb, resource, name, code } of await trial.site.backend.writesOf(trial.name)) {
    const key = `${verb} ${resource} ${name}`;
    if (code < 300) made.set(key, (made.get(key) ?? 0) + 1);
  }
  const keys = [...new Set([...bounds.keys(), ...made.keys()])];
  return keys.flatMap((key) => {
    const { least, most } = bounds.get(key) ?? { least: 0, most: 0 };
    const count = made.get(key) ?? 0;
    return unless(
      count >= least && count <= most,
      `I1: ${count} effects ${key}, expected ${least} to ${most}`,
    );
  });
}

/** What an intent says of how often its request had an effect. */
function boundsOf(intent: Intent | undefined): { readonly least: number; readonly most: number } {
  const { outcome } = intent ?? {};
  if (outcome === undefined) return { least: 0, most: 0 };
  if (outcome.kind === 'applied') return { least: 1, most: 1 };
  if (outcome.kind === 'already_applied') return { least: 0, most: 1 };
  return { least: 0, most: outcome.reason.startsWith('unknown: ') ? 1 : 0 };
}

const AUDIT_VERBS: Readonly<Record<WriteRequest['verb'], string>> = {
  patch: 'patch',
  apply: 'patch',
  create: 'create',
  delete: 'delete',
  evict: 'create',
};

function keyOf(request: WriteRequest): string {
  const { target, verb } = request;
  const plural = `${target.kind.toLowerCase()}s`;
  const subresource =
    verb === 'evict' ? '/eviction' : verb === 'patch' && request.subresource ? `/${request.subresource}` : '';
  return `${AUDIT_VERBS[verb]} ${plural}${subresource} ${target.name}`;
}

function pathOf({ kind, namespace, name }: Step['target']['ref']): string {
  const groups: Readonly<Partial<Record<typeof kind, string>>> = {
    Deployment: '/apis/apps/v1',
    CronJob: '/apis/batch/v1',
  };
  return `${groups[kind] ?? '/api/v1'}/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`;
}

const ONCE = ['proposed', 'approved', 'applied', 'verified', 'succeeded', 'rollback_applied', 'rolled_back'];

async function judgeAudit(
  trial: JudgedTrial,
  records: readonly PlanRecord[],
  { mayFailJobs = false }: Expectation,
): Promise<readonly string[]> {
  const audit = await trial.store.listAudit(0, ALL);
  const verification = verifyAuditChain(audit, sha256);
  const kinds = new Map<string, readonly string[]>(
    records.map(({ plan }) => [
      plan.id,
      audit.filter(({ entry }) => entry.planId === plan.id).map(({ entry }) => entry.kind),
    ]),
  );
  const { failed } = await trial.inspector.queue.counts();
  return [
    ...unless(verification.kind === 'intact', `I3: the audit chain is ${canonicalJson({ ...verification })}`),
    ...unless(failed === 0 || mayFailJobs, `I2: ${failed} jobs failed`),
    ...records.flatMap(({ plan, status }) => {
      const of = kinds.get(plan.id) ?? [];
      const twice = ONCE.filter((event) => of.filter((kind) => kind === `plan.${event}`).length > 1);
      const isVerified = of.includes('plan.verified');
      return [
        ...twice.map((event) => `I3: ${plan.id} was ${event} twice`),
        ...unless(
          status !== 'succeeded' || isVerified || of.includes('plan.undone'),
          `I6: ${plan.id} was not verified`,
        ),
      ];
    }),
  ];
}
