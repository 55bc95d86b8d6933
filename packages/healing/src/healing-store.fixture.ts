import {
  type CommitResult,
  type FreezeState,
  type HealingCase,
  type HealingCaseId,
  type HealingCaseQuery,
  isTerminal,
  type Message,
  type PlanId,
  type PlanQuery,
  type PlanRecord,
  type StoreChange,
} from '@jamie/core';
import type { HealingContext } from './healing-context.ts';

/** The part of a store that healing needs, in memory: a commit is all or nothing, and every update a compare-and-set. */
export class HealingStore {
  readonly cases = new Map<HealingCaseId, HealingCase>();
  readonly plans = new Map<PlanId, PlanRecord>();
  readonly messages = new Map<string, Message>();
  freeze: FreezeState = { frozen: false, reason: '', at: 0, version: 1 };
  /** Called with each commit that holds, before it shows. */
  onCommit: (changes: readonly StoreChange[]) => void = () => undefined;
  /** Called before and after each commit: a store that fails throws from it. */
  fail: (when: 'before' | 'after') => void = () => undefined;
  #openPlans = new Set<PlanId>();

  readonly face: HealingContext['store'] = {
    commit: (changes) => this.#commit(changes),
    findHealingCase: async (id) => this.cases.get(id),
    listHealingCases: async (query) => this.#list(query),
    findPlan: async (id) => this.plans.get(id),
    listPlans: async (query) => this.#listPlans(query),
    readFreeze: async () => this.freeze,
  };

  /** A plan as it is now, whoever moved it. */
  putPlan(record: PlanRecord): void {
    this.plans.set(record.plan.id, record);
    if (isTerminal(record.status)) this.#openPlans.delete(record.plan.id);
    else this.#openPlans.add(record.plan.id);
  }

  get openPlans(): readonly PlanRecord[] {
    return [...this.#openPlans].flatMap((id) => this.plans.get(id) ?? []);
  }

  async #commit(changes: readonly StoreChange[]): Promise<CommitResult> {
    this.fail('before');
    for (const change of changes) {
      const reason = this.#conflictOf(change);
      if (reason !== undefined) return { kind: 'conflict', change, reason };
    }
    this.onCommit(changes);
    for (const change of changes) this.#apply(change);
    this.fail('after');
    return { kind: 'committed' };
  }

  #conflictOf(change: StoreChange): Extract<CommitResult, { kind: 'conflict' }>['reason'] | undefined {
    switch (change.kind) {
      case 'healing.put': {
        const stored = this.cases.get(change.healingCase.id)?.version ?? 0;
        const isNext = change.healingCase.version === change.expectedVersion + 1;
        return stored === change.expectedVersion && isNext ? undefined : 'version_mismatch';
      }
      case 'plan.insert':
        return this.plans.has(change.record.plan.id) ? 'already_exists' : undefined;
      case 'message.insert':
        return this.messages.has(change.message.id) ? 'already_exists' : undefined;
      case 'freeze.expect':
        return this.freeze.version === change.version ? undefined : 'version_mismatch';
      default:
        return undefined;
    }
  }

  #apply(change: StoreChange): void {
    if (change.kind === 'healing.put') this.cases.set(change.healingCase.id, change.healingCase);
    if (change.kind === 'plan.insert') this.putPlan(change.record);
    if (change.kind === 'message.insert') this.messages.set(change.message.id, change.message);
  }

  #list({ cluster, statuses, limit }: HealingCaseQuery): readonly HealingCase[] {
    return [...this.cases.values()]
      .filter((each) => cluster === undefined || each.cluster === cluster)
      .filter((each) => statuses === undefined || statuses.includes(each.status))
      .sort((one, other) => other.lastSeenAt - one.lastSeenAt)
      .slice(0, limit);
  }

  #listPlans({ statuses, createdSince, limit }: PlanQuery): readonly PlanRecord[] {
    const all =
      statuses?.every((status) => !isTerminal(status)) === true ? this.openPlans : [...this.plans.values()];
    return all
      .filter(({ status }) => statuses === undefined || statuses.includes(status))
      .filter(({ plan }) => createdSince === undefined || plan.createdAt >= createdSince)
      .slice(-limit);
  }
}
