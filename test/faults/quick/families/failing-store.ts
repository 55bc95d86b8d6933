import { setTimeout as sleep } from 'node:timers/promises';
import { OpsError, type Store, type StoreChange } from '@jamie/core';
import type { MongodbFault } from '@jamie/testing';
import { approveAll, askForPlans, endsOf, HitPlans } from '../ask-for-plans.ts';
import type { Dice } from '../dice.ts';
import type { Family } from '../family.ts';
import type { QuickTrial } from '../quick-trial.ts';
import { damageFile, fillDisk } from './damaged-file.ts';
import { anyKinds } from './random-deaths.ts';

const PLANS = 4;

/** F7: the store refuses, loses its answers, is away, fills up, is damaged, or its primary steps down. */
export const failingStore: Family = {
  id: 'F7',
  title: 'store away, answers lost, disk full, file damaged, primary stepped down',
  sample: 7,
  async play(trial) {
    const { dice } = trial;
    if (trial.spec.pair === 'embedded') {
      const how = dice.oneOf(['refusing', 'refusing', 'full disk', 'damaged']);
      if (how === 'full disk') return fillDisk(trial);
      if (how === 'damaged') return damageFile(trial);
    }
    const hit = new HitPlans(trial);
    if (trial.spec.pair === 'embedded' || dice.chance(0.3)) refuseCommits(trial, hit);
    else await failMongodb(trial, hit);
    await trial.begin();
    const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 2));
    const records = await approveAll(trial, asked);
    const faults = await hit.count();
    (await trial.lane.mongodb()).clearFaults();
    return { faults, trials: faults, expected: {}, ended: endsOf(records) };
  },
};

/** Commits fail before, or hold and their answer is lost, or the whole store is away for a while. */
function refuseCommits(trial: QuickTrial, hit: HitPlans): void {
  const { dice } = trial;
  let left = dice.between(1, 5);
  let awayUntil = 0;
  const away = new OpsError('unavailable', 'the store is away', { retryable: true });
  const commit = async (store: Store, changes: readonly StoreChange[]) => {
    if (performance.now() < awayUntil) throw away;
    // An effect waits for its intent: that commit is met more often than others.
    const isIntent = changes.some(({ kind }) => kind === 'intent.insert');
    if (left === 0 || !dice.chance(isIntent ? 0.5 : 0.1)) return store.commit(changes);
    left -= 1;
    hit.happenNow();
    const how = dice.oneOf(['before', 'answer lost', 'away']);
    if (how === 'answer lost') await store.commit(changes);
    if (how === 'away') awayUntil = performance.now() + dice.between(50, 800);
    throw away;
  };
  trial.wrapStore = (store) =>
    new Proxy(store, {
      get(target, name) {
        if (name === 'commit') return (changes: readonly StoreChange[]) => commit(target, changes);
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
}

/** What the wire of MongoDB and its primary do, some times while the plans go on. */
async function failMongodb(trial: QuickTrial, hit: HitPlans): Promise<void> {
  const { dice } = trial;
  const mongodb = await trial.lane.mongodb();
  let after = dice.between(10, 80);
  let left = dice.between(1, 3);
  trial.onBoundary = () => {
    after -= 1;
    if (left === 0 || after > 0) return;
    left -= 1;
    after = dice.between(10, 60);
    hit.happenNow();
    const how = dice.oneOf(['fault', 'fault', 'step down', 'restart']);
    if (how === 'fault') mongodb.fail(faultOf(dice));
    if (how === 'step down') mongodb.stepDown();
    if (how === 'restart') {
      mongodb
        .halt()
        .then(() => sleep(dice.between(10, 400)))
        .then(() => mongodb.resume('kept'))
        .catch((error: unknown) => trial.violations.push(`the double did not come back: ${String(error)}`));
    }
  };
}

function faultOf(dice: Dice): MongodbFault {
  const commands = ['commitTransaction'];
  return dice.oneOf<MongodbFault>([
    { kind: 'drop_connection', moment: 'before_effect', commands },
    { kind: 'drop_connection', moment: 'after_effect', commands },
    { kind: 'drop_connection', moment: 'after_effect', commands, times: 6 },
    { kind: 'drop_connection', moment: 'after_effect', commands: ['insert'] },
    { kind: 'error', code: 10_107, commands },
    { kind: 'error', code: 91, commands, times: 2 },
    { kind: 'error', code: 251, commands, errorLabels: ['TransientTransactionError'] },
    { kind: 'write_concern_error', code: 64, commands },
    { kind: 'error', code: 112, commands: ['findAndModify'], times: 3 },
  ]);
}
