import {
  type HealingCaseId,
  type ObjectRef,
  OpsError,
  type PlanId,
  type PlanRecord,
  type PlanStatus,
  type StoreChange,
} from '@jamie/core';
import type { RemedyRequest, RemedyResult } from '@jamie/operations';
import { aPlan, aPlanRecord, aPrincipal, aSnapshot } from '@jamie/testing';
import { closeCase } from '../cases/close-case.ts';
import { createHealer } from '../create-healer.ts';
import type { Healer, HealingContext } from '../healing-context.ts';
import { HealingStore } from '../healing-store.fixture.ts';
import {
  aBook,
  aCandidate,
  aHealingContext,
  anAutonomy,
  aRemedyPlan,
  CLUSTER,
  REMEDIATION_OF,
} from '../healing-world.fixture.ts';
import type { Candidate } from '../remedies/candidate.ts';
import { isSameObject } from '../remedies/same-object.ts';
import type { SeeFaults } from '../remedies/see-faults.ts';

export const MINUTE_MS = 60_000;
const NAMESPACES = ['payments', 'shop', 'web'];
const PERSON = aPrincipal();

/** One object and what ails it. */
interface Patient {
  readonly ref: ObjectRef;
  isFaulty: boolean;
  /** How likely it falls ill or gets well by itself within a minute. */
  readonly fallsIll: number;
  readonly getsWell: number;
  /** Nothing may be done about it. */
  hasNoRemedy: boolean;
}

/** A plan under way, and what becomes of it. */
interface Ending {
  readonly at: number;
  readonly status: PlanStatus;
  readonly heals: boolean;
}

const ENDINGS: readonly PlanStatus[] = [
  'succeeded',
  'succeeded',
  'succeeded',
  'succeeded',
  'rolled_back',
  'rollback_failed',
  'inconclusive',
  'failed',
  'stale',
  'denied',
  'expired',
];

/**
 * Objects that fall ill and get well at random over a clock that a test moves by the minute; plans that help, do not, or
 * go wrong; people who work on the same objects, change things back, freeze, and close cases; a store that fails; healers
 * that are begun anew, two at a time.
 */
export class FlappingWorld {
  readonly store = new HealingStore();
  readonly attempts: { readonly caseId: HealingCaseId; readonly at: number; readonly namespace: string }[] =
    [];
  readonly offences: string[] = [];
  /** How often a case was handed to people. */
  escalations = 0;
  readonly attemptsAllowed = 3;
  now = Date.UTC(2026, 0, 15, 12);
  readonly patients: readonly Patient[];
  readonly #random: () => number;
  readonly #endings = new Map<PlanId, Ending>();
  readonly #reverts = new Map<PlanId, number>();
  #healers: readonly Healer[] = [];
  #isQuiet = false;

  constructor(random: () => number) {
    this.#random = random;
    this.patients = this.#makePatients();
    this.store.onCommit = (changes) => this.#watch(changes);
    this.store.fail = () => this.#mayFail();
    this.beginAnew();
  }

  /** Both healers die and others take their place. */
  beginAnew(): void {
    this.#healers = [this.#makeHealer(), this.#makeHealer()];
  }

  /** Nobody does anything any more, nothing gets well by itself, and nothing fails. */
  becomeQuiet(): void {
    this.#isQuiet = true;
    const { version } = this.store.freeze;
    this.store.freeze = { frozen: false, reason: '', at: this.now, version: version + 1 };
  }

  /** Lets time pass, and both healers look. */
  async minute(minutes = 1): Promise<void> {
    this.now += minutes * MINUTE_MS;
    if (!this.#isQuiet) this.#live();
    this.#endPlans();
    if (this.#chance(0.01)) this.beginAnew();
    await Promise.all(this.#healers.map((healer) => healer.sweep(this.#mayStop())));
  }

  #makePatients(): readonly Patient[] {
    const refs: ObjectRef[] = NAMESPACES.flatMap((namespace) => [
      { kind: 'Deployment', namespace, name: 'checkout' },
      { kind: 'StatefulSet', namespace, name: 'ledger' },
      { kind: 'Deployment', namespace, name: 'front' },
      { kind: 'DaemonSet', namespace, name: 'agent' },
      { kind: 'Job', namespace, name: 'migrate' },
    ]);
    refs.push({ kind: 'Node', name: 'worker-1' }, { kind: 'Node', name: 'worker-2' });
    return refs.map((ref) => ({
      ref,
      isFaulty: false,
      fallsIll: 0.0005 + this.#random() * 0.02,
      getsWell: this.#random() < 0.5 ? 0 : this.#random() * 0.1,
      hasNoRemedy: false,
    }));
  }

  #makeHealer(): Healer {
    const autonomy = anAutonomy({ attempts: this.attemptsAllowed });
    const context: HealingContext = aHealingContext({
      store: this.store.face,
      clusters: {
        list: () => [{ name: CLUSTER, environment: 'production', server: '', source: 'registered' }],
        connect: () => {
          const snapshot = aSnapshot().build();
          return { snapshots: { snapshot: async () => snapshot } } as never;
        },
      },
      policy: { current: () => aBook(NAMESPACES, autonomy) },
      clock: { now: () => this.now, sleep: () => Promise.resolve() },
      operations: {
        remedy: (request: RemedyRequest) => this.#remedy(request),
      } as HealingContext['operations'],
      foreignChanges: { findForeignChanges: async ({ plan }) => this.#revertsOf(plan.id) },
      jitter: this.#random,
    });
    return createHealer(context, this.#see);
  }

  readonly #see: SeeFaults = (_snapshot, { namespace }) => {
    if (this.#chance(0.005)) return { kind: 'blind', reason: 'The cluster does not answer.' };
    const candidates = this.patients
      .filter(({ ref, isFaulty }) => isFaulty && ref.namespace === namespace)
      .map((patient) => this.#candidateOf(patient));
    return { kind: 'seen', candidates };
  };

  #candidateOf({ ref, hasNoRemedy }: Patient): Candidate {
    return aCandidate({
      subject: ref,
      remediation: REMEDIATION_OF[ref.kind] ?? 'roll-back',
      dependsOn: ref.kind === 'StatefulSet' ? [{ kind: 'Node', name: 'worker-1' }] : [],
      ...(hasNoRemedy && {
        remedy: { kind: 'none', reason: 'It has as much as it may have.', tell: true } as const,
      }),
    });
  }

  async #remedy(request: RemedyRequest): Promise<RemedyResult> {
    if (this.#chance(0.01)) throw new OpsError('unavailable', 'the API server is away', { retryable: true });
    if (this.#chance(0.005))
      return {
        kind: 'refused',
        reason: 'owner_reverts',
        message: 'Argo CD would take this back.',
        managers: [],
      };
    if (this.#chance(0.01))
      return { kind: 'refused', reason: 'no_change', message: 'It is so already.', managers: [] };
    return aRemedyPlan(request, this.now, this.#chance(0.2) ? 'suggest' : 'act');
  }

  #revertsOf(planId: PlanId) {
    const at = this.#reverts.get(planId);
    return at === undefined
      ? []
      : [{ at, by: 'field manager kubectl', advice: '', ref: aCandidate().subject }];
  }

  #live(): void {
    this.#ail();
    if (this.#chance(0.005)) this.#switchFreeze();
    if (this.#chance(0.01)) this.#workByHand();
    if (this.#chance(0.005)) this.#changeBack();
    if (this.#chance(0.01)) this.#close();
  }

  #ail(): void {
    for (const patient of this.patients) {
      if (patient.isFaulty ? this.#chance(patient.getsWell) : this.#chance(patient.fallsIll)) {
        patient.isFaulty = !patient.isFaulty;
        patient.hasNoRemedy = this.#chance(0.05);
      }
    }
    if (this.#chance(0.001))
      for (const patient of this.patients) if (this.#chance(0.7)) patient.isFaulty = true;
  }

  #switchFreeze(): void {
    const { frozen, version } = this.store.freeze;
    this.store.freeze = { frozen: !frozen, reason: 'by hand', at: this.now, version: version + 1 };
  }

  #workByHand(): void {
    const { ref } = this.#pick(this.patients);
    const base = aPlan();
    const [step] = base.steps;
    if (step === undefined) return;
    const id = `p-${String(Math.floor(this.#random() * 1e8)).padStart(8, '0')}` as PlanId;
    const plan = aPlan({
      id,
      cluster: CLUSTER,
      requester: PERSON,
      createdAt: this.now,
      steps: [{ ...step, target: { ...step.target, ref } }],
    });
    this.store.putPlan(aPlanRecord({ plan, status: 'executing', updatedAt: this.now }));
    this.#endings.set(id, {
      at: this.now + this.#random() * 40 * MINUTE_MS,
      status: 'succeeded',
      heals: false,
    });
  }

  #changeBack(): void {
    const done = [...this.store.plans.values()].filter(
      ({ plan, status }) => plan.healing && status === 'succeeded',
    );
    const record = done.at(-1);
    if (record !== undefined) this.#reverts.set(record.plan.id, this.now);
  }

  #close(): void {
    const open = [...this.store.cases.values()].filter(
      ({ status }) => status === 'escalated' || status === 'waiting',
    );
    if (open.length === 0) return;
    const closed = closeCase(this.#pick(open), PERSON, 'seen to');
    this.store.cases.set(closed.id, closed);
  }

  #endPlans(): void {
    for (const record of this.store.openPlans) {
      const ending = this.#endings.get(record.plan.id) ?? this.#decideEnding(record);
      this.#endings.set(record.plan.id, ending);
      if (this.now < ending.at) continue;
      const reason = `It ended: ${ending.status}.`;
      this.store.putPlan({
        ...record,
        status: ending.status,
        updatedAt: this.now,
        reason,
        version: record.version + 1,
      });
      const target = record.plan.healing && this.store.cases.get(record.plan.healing.caseId)?.subject;
      for (const patient of this.patients) {
        if (ending.heals && target !== undefined && isSameObject(patient.ref, target))
          patient.isFaulty = false;
      }
    }
  }

  #decideEnding({ plan, status }: PlanRecord): Ending {
    const at = plan.createdAt + this.#random() * 30 * MINUTE_MS;
    const chosen = this.#pick(ENDINGS);
    const isPossible = status === 'awaiting_approval' || (chosen !== 'denied' && chosen !== 'expired');
    const ended = isPossible ? chosen : 'succeeded';
    return { at, status: ended, heals: ended === 'succeeded' && this.#chance(0.6) };
  }

  /** Sees each commit that holds, before it shows, and notes what must never be. */
  #watch(changes: readonly StoreChange[]): void {
    const told: string[] = [];
    const escalated: HealingCaseId[] = [];
    for (const change of changes) {
      if (change.kind === 'plan.insert') this.#watchPlan(change.record);
      if (change.kind === 'message.insert') told.push(change.message.id);
      if (change.kind !== 'healing.put') continue;
      const { id, status } = change.healingCase;
      if (status === 'escalated' && this.store.cases.get(id)?.status !== 'escalated') escalated.push(id);
    }
    const dossiers = told.filter((id) => id.startsWith('m_escalated_')).length;
    if (dossiers !== escalated.length)
      this.offences.push(`${escalated.length} escalations and ${dossiers} dossiers in one commit`);
    this.escalations += escalated.length;
  }

  #watchPlan({ plan }: PlanRecord): void {
    const { healing } = plan;
    if (healing === undefined) return;
    const { subject } = this.store.cases.get(healing.caseId) ?? {};
    if (subject === undefined) return;
    this.attempts.push({ caseId: healing.caseId, at: this.now, namespace: subject.namespace ?? 'nodes' });
    if (this.store.freeze.frozen) this.offences.push(`${plan.id} was made while all was frozen`);
    const byHand = this.store.openPlans.some(
      (open) => !open.plan.healing && open.plan.steps.some(({ target }) => isSameObject(target.ref, subject)),
    );
    if (byHand) this.offences.push(`${plan.id} was made while a person worked on the same object`);
  }

  #mayFail(): void {
    if (this.#chance(0.003))
      throw new OpsError('unavailable', 'the store does not answer', { retryable: true });
  }

  #mayStop(): AbortSignal | undefined {
    return this.#chance(0.005) ? AbortSignal.abort() : undefined;
  }

  #chance(probability: number): boolean {
    return !this.#isQuiet && this.#random() < probability;
  }

  #pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.#random() * from.length)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  }
}
