import type {
  ClusterSnapshot,
  CorrelationId,
  FreezeState,
  HealingCase,
  HealingOrigin,
  OperationRequest,
  PlanRecord,
  Principal,
  RequestId,
  StoreChange,
} from '@jamie/core';
import { type Autonomy, BUILT_IN_POLICY, type PolicyBook } from '@jamie/policy';
import { aHealingCase, aHealingOrigin, aPod, aSnapshot } from '@jamie/testing';
import { CHECKOUT, CONVERSATION, type OperationsWorld } from '../operations-world.fixture.ts';
import type { RemedyRequest, RemedyResult } from './remedy.ts';

/** As whom faults are healed in these tests. */
export const HEALER: Principal = {
  id: 'automation:self-healing',
  displayName: 'Scarlet',
  kubernetes: { user: 'jamie-scarlet:self-healing', groups: ['jamie-operators'] },
  source: 'automation',
};

export const NOT_FROZEN: FreezeState = { frozen: false, reason: '', at: 0, version: 0 };

/** The namespace of these tests lets memory be raised by itself, up to a gibibyte. */
export function anAutonomy(over: Partial<Autonomy> = {}): Autonomy {
  return {
    level: 'act',
    remediations: ['raise-memory'],
    attempts: 3,
    memoryCeilingBytes: 2 ** 30,
    rolloutWaitMs: 10 * 60_000,
    reportTo: [],
    ...over,
  };
}

/** The built-in rules, and what may happen by itself in the namespace of these tests. */
export function bookOf(over: Partial<Autonomy> = {}, rest: Partial<PolicyBook> = {}): PolicyBook {
  const off = BUILT_IN_POLICY.autonomyOf(undefined);
  return {
    ...BUILT_IN_POLICY,
    version: 'team@1',
    autonomyOf: (namespace) => (namespace === CHECKOUT.namespace ? anAutonomy(over) : off),
    autonomousNamespaces: [CHECKOUT.namespace],
    ...rest,
  };
}

export const MORE_MEMORY: OperationRequest = {
  kind: 'resize',
  target: CHECKOUT,
  container: 'app',
  limits: { memory: '512Mi' },
};

/** Many other pods are ready in the namespace, so that three more or less are no high risk. */
export function aBusyNamespace(): ClusterSnapshot {
  const { namespace } = CHECKOUT;
  const pods = Array.from({ length: 20 }, (_, index) => aPod({ name: `other-${index}`, namespace }));
  return aSnapshot().with(pods).build();
}

/** What the healer asks for. */
export function aRemedy(over: Partial<RemedyRequest> = {}): RemedyRequest {
  const healing: HealingOrigin = aHealingOrigin({ remediation: 'raise-memory' });
  return {
    operation: MORE_MEMORY,
    requester: HEALER,
    requestId: 'r_healing_1' as RequestId,
    conversationId: CONVERSATION.id,
    correlationId: 'x_healing_1' as CorrelationId,
    planKey: 'healing:h-00000001:1',
    healing,
    ...over,
  };
}

export type Planned = Exclude<RemedyResult, { kind: 'refused' }>;

/** Asks for a remedy that must not be refused. Commits nothing. */
export async function planRemedy(
  world: OperationsWorld,
  over: Partial<RemedyRequest> = {},
): Promise<Planned> {
  const result = await world.operations.remedy(aRemedy(over));
  if (result.kind === 'refused') throw new Error(`refused: ${result.reason}: ${result.message}`);
  return result;
}

/** The case of a plan, with that plan as its only attempt. */
export function caseOf({ plan }: PlanRecord, over: Partial<HealingCase> = {}): HealingCase {
  return aHealingCase({
    cluster: plan.cluster,
    remediation: 'raise-memory',
    status: 'acting',
    attempts: [{ planId: plan.id, startedAt: plan.createdAt, level: 'act' }],
    conversationId: plan.conversationId,
    ...over,
  });
}

/** Commits what a remedy asks for together with its case, as the healer does. */
export async function begin(
  world: OperationsWorld,
  { record, changes }: Planned,
  healingCase: HealingCase | undefined = caseOf(record),
): Promise<PlanRecord> {
  const healing: readonly StoreChange[] =
    healingCase === undefined ? [] : [{ kind: 'healing.put', healingCase, expectedVersion: 0 }];
  await world.store.commit([{ kind: 'conversation.insert', conversation: CONVERSATION }]);
  const result = await world.store.commit([...changes, ...healing]);
  if (result.kind === 'conflict') throw new Error(`${result.change.kind}: ${result.reason}`);
  return record;
}
