import { setTimeout as sleep } from 'node:timers/promises';
import { trialObjects } from '../../changes/trial-objects.ts';
import type { ApiFault, SeenRequest } from '../api-proxy.ts';
import { type Asked, approveAll, askForPlans, endsOf } from '../ask-for-plans.ts';
import type { Family } from '../family.ts';
import type { MadeChange } from '../made-change.ts';
import { FIELD_KINDS } from '../make-change.ts';
import type { QuickTrial } from '../quick-trial.ts';
import { status } from './failing-api.ts';
import { loseWayBack } from './lost-way-back.ts';
import { markOf } from './mark-of.ts';

const PLANS = 3;
const TROUBLES = ['moved', 'gone', 'refused', 'killed', 'second incident'] as const;
type Trouble = (typeof TROUBLES)[number];

/** F23: a change is to be taken back, and its way back is lost, or something happens to it meanwhile. */
export const failingRollback: Family = {
  id: 'F23',
  title: 'rollback fails half-way, its image is gone, it is refused, killed, or meets a second incident',
  sample: 5,
  async play(trial) {
    const { dice } = trial;
    // Without a kubelet no image is ever missing.
    if (trial.site.backend.deleteImage !== undefined && dice.chance(0.4)) return loseWayBack(trial);
    const trouble = dice.oneOf(TROUBLES);
    await trial.begin();
    const asked = await askForPlans(trial, PLANS, () => [dice.oneOf(FIELD_KINDS), dice.oneOf(FIELD_KINDS)]);
    const met = happen(trial, asked, trouble);
    const records = await approveAll(trial, asked);
    for (const { plan, status: ended, reason } of records) {
      const audit = await trial.store.listRecentAudit({ planId: plan.id, limit: 200 });
      const begun = audit.filter(({ entry }) => entry.kind === 'plan.rollback_started').length;
      if (begun > 1) trial.violations.push(`I1: ${plan.id} was rolled back ${begun} times`);
      if (ended === 'succeeded') trial.violations.push(`I6: ${plan.id} succeeded without its second step`);
      if (ended === 'rollback_failed' && !/has to look/.test(reason))
        trial.violations.push(`I6: ${plan.id} asks nobody to look: ${reason}`);
    }
    return {
      faults: met(),
      trials: PLANS,
      expected: { isTouched: true },
      ended: `${trouble}: ${endsOf(records)}`,
    };
  },
};

/** Somebody moves the second object once the first was written; the trouble begins when that is to be taken back. */
function happen(trial: QuickTrial, asked: readonly Asked[], trouble: Trouble): () => number {
  const fates = asked.flatMap(({ parts: [first, second] }) =>
    first === undefined || second === undefined ? [] : [new Fate(trial, { first, second, trouble })],
  );
  for (const { proxy } of trial.replicas) {
    proxy.fault = (request) => fates.find((fate) => fate.isOf(request))?.meet(request);
  }
  return () => fates.filter(({ isMet }) => isMet).length;
}

interface FateOptions {
  readonly first: MadeChange;
  readonly second: MadeChange;
  readonly trouble: Trouble;
}

/** What happens to the objects of one plan on the way of its requests. */
class Fate {
  isMet = false;
  readonly #trial: QuickTrial;
  readonly #options: FateOptions;
  #isWritten = false;
  #isMoved = false;

  constructor(trial: QuickTrial, options: FateOptions) {
    this.#trial = trial;
    this.#options = options;
  }

  isOf({ path }: SeenRequest): boolean {
    const { first, second } = this.#options;
    return isNamed(path, first.object) || isNamed(path, second.object);
  }

  meet(request: SeenRequest): ApiFault | undefined {
    if (isNamed(request.path, this.#options.first.object)) return this.#meetFirst(request);
    // Before the second object is read to be changed.
    if (this.#isMoved || !this.#isWritten || request.method !== 'GET') return undefined;
    this.#isMoved = true;
    return this.#held(this.#change(this.#options.second));
  }

  #meetFirst({ isWrite, method }: SeenRequest): ApiFault | undefined {
    if (isWrite && !this.#isWritten) this.#isWritten = true;
    else if (this.#isMoved && !this.isMet) {
      const fault = isWrite ? this.#meetWayBack() : method === 'GET' ? this.#meetLook() : undefined;
      this.isMet ||= fault !== undefined;
      return fault;
    }
    return undefined;
  }

  /** The request that takes the first step back is on its way. */
  #meetWayBack(): ApiFault | undefined {
    const { first, trouble } = this.#options;
    if (trouble === 'refused') return status(403, 'Forbidden');
    if (trouble !== 'second incident') return undefined;
    this.isMet = true;
    sleep(15)
      .then(() => this.#change(first))
      .catch(() => undefined);
    return undefined;
  }

  /** The first object is looked at before it is taken back. */
  #meetLook(): ApiFault | undefined {
    const { first, trouble } = this.#options;
    if (trouble === 'moved') return this.#held(this.#change(first));
    if (trouble === 'gone') {
      const objects = trialObjects(this.#trial.site.backend);
      return this.#held(objects.removeNow(first.collection, first.object));
    }
    if (trouble !== 'killed') return undefined;
    for (const replica of this.#trial.replicas) replica.die();
    return { kind: 'drop' };
  }

  #change({ collection, object, operation }: MadeChange): Promise<void> {
    const objects = trialObjects(this.#trial.site.backend);
    return objects.change(collection, object, markOf(operation.kind));
  }

  #held(work: Promise<void>): ApiFault {
    const until = work.catch((error: unknown) => void this.#trial.violations.push(String(error)));
    return { kind: 'hold', until };
  }
}

function isNamed(path: string, object: string): boolean {
  return path.split(/[/?]/).includes(object);
}
