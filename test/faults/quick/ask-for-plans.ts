import { isTerminal, type PlanRecord } from '@jamie/core';
import type { MadeChange } from './made-change.ts';
import { type ChangeKind, makeChanges } from './make-change.ts';
import type { QuickTrial } from './quick-trial.ts';

/** A plan that waits for its decision, and what it is about. */
export interface Asked {
  readonly record: PlanRecord;
  readonly parts: readonly MadeChange[];
}

/** Somebody asks for this many plans, each on objects of its own; `kindsOf` says of how many steps and which. */
export function askForPlans(
  trial: QuickTrial,
  count: number,
  kindsOf: () => readonly ChangeKind[],
): Promise<readonly Asked[]> {
  const wishes = Array.from({ length: count }, kindsOf);
  return Promise.all(
    wishes.map(async (kinds) => {
      const { operation, parts } = await makeChanges(trial, kinds);
      return { record: await trial.propose(operation), parts };
    }),
  );
}

/** All of them are approved, at the same time, and come to their end. */
export async function approveAll(
  trial: QuickTrial,
  asked: readonly Asked[],
  patienceMs?: number,
): Promise<readonly PlanRecord[]> {
  await Promise.all(asked.map(({ record }) => trial.approve(record)));
  return trial.untilEnded(
    asked.map(({ record }) => record.plan.id),
    patienceMs,
  );
}

/** How plans ended, counted: `3 succeeded, 1 stale`. */
export function endsOf(records: readonly PlanRecord[]): string {
  const counts = new Map<string, number>();
  for (const { status } of records) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
}

/** Counts the plans that were under way when something happened, each once. */
export class HitPlans {
  readonly #trial: QuickTrial;
  readonly #looks: Promise<readonly PlanRecord[]>[] = [];

  constructor(trial: QuickTrial) {
    this.#trial = trial;
  }

  /** Something happens to all that is under way now. */
  happenNow(): void {
    this.#looks.push(this.#trial.store.listPlans({ limit: 1_000 }).catch(() => []));
  }

  async count(): Promise<number> {
    const looks = await Promise.all(this.#looks);
    const open = looks.flat().filter(({ status }) => !isTerminal(status));
    return new Set(open.map(({ plan }) => plan.id)).size;
  }
}
