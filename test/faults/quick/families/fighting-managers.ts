import { trialObjects } from '../../changes/trial-objects.ts';
import { type Asked, approveAll, askForPlans, endsOf } from '../ask-for-plans.ts';
import type { Family } from '../family.ts';
import type { QuickTrial } from '../quick-trial.ts';

const PLANS = 4;
const ROUNDS = 2;

/** F24: a controller takes each change back as soon as it is there, as often as it is asked for. */
export const fightingManagers: Family = {
  id: 'F24',
  title: 'a controller or a person takes every change back',
  sample: 8,
  whole: 130,
  async play(trial) {
    const { dice } = trial;
    await trial.begin();
    const asked = await askForPlans(trial, PLANS, () => [dice.oneOf(['label', 'annotate'])]);
    const reverted = revertAtOnce(trial, asked);
    const first = await approveAll(trial, asked);
    const ended = [...first];
    for (let round = 1; round < ROUNDS; round += 1) {
      const again = await Promise.all(asked.map(({ record }) => trial.propose(record.plan.operation)));
      ended.push(
        ...(await approveAll(
          trial,
          again.map((record) => ({ record, parts: [] })),
        )),
      );
    }
    for (const { plan, status, reason } of ended) {
      if (status === 'succeeded')
        trial.violations.push(`I6: ${plan.id} succeeded, and was taken back: ${reason}`);
    }
    const faults = reverted();
    return { faults, trials: faults, expected: { isTouched: true }, ended: endsOf(ended) };
  },
};

/** Each write to these objects is followed by another that puts the old value back. Returns how often that was done. */
function revertAtOnce(trial: QuickTrial, asked: readonly Asked[]): () => number {
  const objects = trialObjects(trial.site.backend);
  let reverted = 0;
  for (const { proxy } of trial.replicas) {
    proxy.answered = ({ path, isWrite }) => {
      const part = asked
        .flatMap(({ parts }) => parts)
        .find(({ object }) => path.split(/[/?]/).includes(object));
      if (!isWrite || part === undefined) return undefined;
      reverted += 1;
      const mark = { 'example.com/trial': null };
      return objects.change(part.collection, part.object, {
        metadata: part.operation.kind === 'label' ? { labels: mark } : { annotations: mark },
      });
    };
  }
  return () => reverted;
}
