import type {
  Clock,
  Clusters,
  ConversationId,
  Digest,
  HealingCase,
  IdSource,
  Logger,
  ObjectRef,
  PlanRecord,
  Principal,
  Reply,
  Store,
  StoreChange,
} from '@jamie/core';
import type { Operations } from '@jamie/operations';
import type { Autonomy, PolicySource } from '@jamie/policy';

/** Somebody changed back what an attempt had changed. */
export interface ForeignChange {
  readonly at: number;
  /** Who, as people know them: a person, an autoscaler, an Argo CD application, a field manager. */
  readonly by: string;
  /** The right way, in a sentence; empty where nobody knows better. */
  readonly advice: string;
  /** What was changed. */
  readonly ref: ObjectRef;
}

/** Compares what a plan left behind with what is there now. Fails like a reader of the cluster. */
export interface ForeignChanges {
  findForeignChanges(plan: PlanRecord): Promise<readonly ForeignChange[]>;
}

/** What people are told of their own accord. Attempts need none: they have the card of their plan. */
export interface HealingReport {
  /** `storm`: one for all cases of the place, of which `healingCase` is the first. */
  readonly kind: 'escalated' | 'resolved' | 'storm';
  /** As it will be once the changes are committed. */
  readonly healingCase: HealingCase;
  readonly autonomy: Autonomy;
  readonly reply: Reply;
  /** The same for the same report: ids of messages follow from it, so that a repeat makes no second one. */
  readonly key: string;
  readonly at: number;
}

/** Where a case is spoken of. `changes` make the conversation where there is none yet. */
export interface HealingConversation {
  readonly id: ConversationId;
  readonly changes: readonly StoreChange[];
}

/** A case that was found and has no conversation yet. */
export type NewHealingCase = Omit<HealingCase, 'conversationId'>;

/** What the healer needs of the world. */
export interface HealingContext {
  readonly store: Pick<
    Store,
    'commit' | 'findHealingCase' | 'listHealingCases' | 'findPlan' | 'listPlans' | 'readFreeze'
  >;
  readonly clusters: Clusters;
  readonly operations: Pick<Operations, 'remedy'>;
  readonly foreignChanges: ForeignChanges;
  readonly policy: PolicySource;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly digest: Digest;
  readonly logger: Logger;
  /** A number from 0 to 1, below 1, which spreads what is tried again. */
  readonly jitter: () => number;
  /** As whom plans are made; undefined: nobody may, so nothing is tried. */
  automation(): Principal | undefined;
  /**
   * Where the cards and the dossier of a case go. Asked once, when the case is found; `changes` go into that commit.
   * Fails like the store.
   */
  conversationFor(healingCase: NewHealingCase, autonomy: Autonomy): Promise<HealingConversation>;
  /** The changes by which people are told; they go into the commit that they tell of. Fails like the store. */
  report(report: HealingReport): Promise<readonly StoreChange[]>;
}

/** What one sweep did, for logs and figures. */
export interface SweepReport {
  readonly clusters: number;
  /** Faults that something could be done about. */
  readonly faults: number;
  readonly opened: number;
  readonly attempts: number;
  readonly escalated: number;
  readonly resolved: number;
  readonly storms: number;
  /** Commits that another process was faster with. */
  readonly lost: number;
  /** Cases and clusters that failed; each is logged. */
  readonly failed: number;
  /** Why nothing was tried somewhere, as sentences. */
  readonly blind: readonly string[];
}

/** Looks at faults and heals what it may, one sweep at a time. */
export interface Healer {
  /** Never throws because of one case or one cluster. `signal` stops it between two cases. */
  sweep(signal?: AbortSignal): Promise<SweepReport>;
}
