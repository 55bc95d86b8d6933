import type {
  ClusterConnection,
  ClusterSnapshot,
  Kind,
  KubeObject,
  ListQuery,
  ObjectRef,
  PlanId,
  PlanRecord,
  Principal,
} from '@jamie/core';
import { formatObjectRef, OPEN_PLAN_STATUSES, OpsError } from '@jamie/core';
import type { OperationsContext, OperationsTiming } from '../operations-context.ts';

/** Open plans that are looked at for one that is in the way. */
const OPEN_PLANS = 500;

/** What an operation may read while it is compiled. Everything is read as the requester. */
export interface Surroundings {
  readonly cluster: string;
  readonly requester: Principal;
  readonly planId: PlanId;
  readonly snapshot: ClusterSnapshot;
  readonly timing: OperationsTiming;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly ownNamespace: string;
  /** The object as the operation will find it: live, or as an earlier step leaves it. Throws not_found. */
  get(ref: ObjectRef): Promise<KubeObject>;
  /** Like get, but undefined instead of not_found. */
  find(ref: ObjectRef): Promise<KubeObject | undefined>;
  list(kind: Kind, query?: ListQuery): Promise<readonly KubeObject[]>;
  /** The objects of a kind that earlier steps of the plan change, as they leave them. */
  changed(kind: Kind): readonly KubeObject[];
  /** Plans on this cluster that have not ended, newest first. */
  openPlans(): Promise<readonly PlanRecord[]>;
}

/** Surroundings that remember what earlier steps leave behind. */
export interface GrowingSurroundings extends Surroundings {
  /** From here on the object is this; undefined: it is gone. */
  leave(ref: ObjectRef, after: KubeObject | undefined): void;
}

/** What is needed to read for one plan. */
export interface SurroundingsOptions {
  readonly connection: ClusterConnection;
  readonly requester: Principal;
  readonly planId: PlanId;
}

export async function surroundingsOf(
  context: OperationsContext,
  { connection, requester, planId }: SurroundingsOptions,
): Promise<GrowingSurroundings> {
  const left = new Map<string, KubeObject | undefined>();
  const { reader } = connection;
  const as = requester.kubernetes;
  const find = async (ref: ObjectRef): Promise<KubeObject | undefined> => {
    const key = formatObjectRef(ref);
    return left.has(key) ? left.get(key) : reader.find(ref, as);
  };
  return {
    cluster: connection.info.name,
    requester,
    planId,
    snapshot: await connection.snapshots.snapshot(),
    timing: context.timing,
    now: context.clock.now(),
    ownNamespace: context.ownNamespace,
    find,
    async get(ref) {
      if (!left.has(formatObjectRef(ref))) return reader.get(ref, as);
      const object = left.get(formatObjectRef(ref));
      if (object !== undefined) return object;
      throw new OpsError('not_found', 'an earlier step deletes the object', {
        userMessage: `${formatObjectRef(ref)} would be gone by then: an earlier step deletes it.`,
      });
    },
    list: (kind, query = {}) => reader.list(kind, query, as),
    changed: (kind) => [...left.values()].filter((object) => object?.kind === kind) as readonly KubeObject[],
    async openPlans() {
      const plans = await context.store.listPlans({ statuses: OPEN_PLAN_STATUSES, limit: OPEN_PLANS });
      return plans.filter(({ plan }) => plan.cluster === connection.info.name);
    },
    leave: (ref, after) => void left.set(formatObjectRef(ref), after),
  };
}
