import type { KubeObject, ObjectRef, PlanRecord, PlanStatus, Step } from '@jamie/core';
import { canonicalJson, formatObjectRef } from '@jamie/core';
import { readLive } from '../execution/read-live.ts';
import type { OperationsContext } from '../operations-context.ts';
import { readFields } from '../planning/field-write.ts';
import { foreignWriter } from './foreign-writer.ts';

/** A field that a plan wrote, and that somebody else has changed since. */
export interface ForeignChange {
  readonly ref: ObjectRef;
  readonly pointer: string;
  /** Who, as people know them: a person, an autoscaler, an Argo CD application, a field manager; or `somebody`. */
  readonly by: string;
  /** When, in milliseconds since 1970; where nothing tells, when the plan was last moved. The same each time it is asked. */
  readonly at: number;
  /** The right way, in a sentence; empty where nobody knows better. */
  readonly advice: string;
}

/** In which the effect of a plan is still meant to be there, for all of its steps. */
const IN_EFFECT: ReadonlySet<PlanStatus> = new Set(['verifying', 'watching', 'succeeded', 'inconclusive']);
/** Later plans that may have written the same fields; those of other objects count, too. */
const MOST_LATER = 500;

/**
 * Which fields that a plan wrote have been changed since by somebody else. Reads the objects live, as whoever the plan was
 * made for, and compares them with what the plan left behind. An object that is gone, or that may not be read, tells
 * nothing; nor does a plan that did not come to its end or was taken back by us. What we changed again ourselves is no
 * foreign change. Fails like a reader of the cluster and like the store.
 */
export async function findForeignChanges(
  context: Pick<OperationsContext, 'store' | 'clusters'>,
  record: PlanRecord,
): Promise<readonly ForeignChange[]> {
  const { plan } = record;
  if (!IN_EFFECT.has(record.status)) return [];
  const { reader, snapshots } = context.clusters.connect(plan.cluster);
  const changed = await Promise.all(
    lastWriters(plan.steps).map(async (step) => {
      const found = await readLive(reader, step.target.ref, plan.requester.kubernetes);
      if (found.kind !== 'found') return [];
      return movedPointers(step, found.object).map((pointer) => ({ step, pointer, live: found.object }));
    }),
  );
  const moved = changed.flat();
  if (moved.length === 0) return [];
  const [snapshot, laterPlans] = await Promise.all([snapshots.snapshot(), plansAfter(context, record)]);
  return moved.flatMap((field) => {
    const writer = foreignWriter({ ...field, snapshot, laterPlans });
    if (writer.kind === 'ours') return [];
    const { by, advice, at } = writer;
    // A moment before the plan is that of an earlier write of the same manager.
    const when = at !== undefined && at >= plan.createdAt ? at : record.updatedAt;
    return [{ ref: field.step.target.ref, pointer: field.pointer, by, at: when, advice }];
  });
}

/** Each step with the fields that no later step of the plan writes again. */
function lastWriters(steps: readonly Step[]): readonly Step[] {
  return steps.map((step, index) => {
    const name = formatObjectRef(step.target.ref);
    const later = steps.slice(index + 1).filter(({ target }) => formatObjectRef(target.ref) === name);
    const isLast = (pointer: string) => !later.some(({ expected }) => pointer in expected);
    return {
      ...step,
      expected: Object.fromEntries(Object.entries(step.expected).filter(([pointer]) => isLast(pointer))),
    };
  });
}

function movedPointers({ expected }: Step, live: KubeObject): readonly string[] {
  const values = readFields(live, Object.keys(expected));
  return Object.keys(expected).filter(
    (pointer) => canonicalJson(values[pointer]) !== canonicalJson(expected[pointer]),
  );
}

async function plansAfter(
  { store }: Pick<OperationsContext, 'store'>,
  { plan }: PlanRecord,
): Promise<readonly PlanRecord[]> {
  const later = await store.listPlans({
    statuses: [...IN_EFFECT],
    createdSince: plan.createdAt,
    limit: MOST_LATER,
  });
  return later.filter((each) => each.plan.cluster === plan.cluster && each.plan.id !== plan.id);
}
