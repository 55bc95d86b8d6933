import type { PlanRecord } from '@jamie/core';
import { approveAll, endsOf } from '../ask-for-plans.ts';
import type { Family, Played } from '../family.ts';
import type { MadeChange } from '../made-change.ts';
import { makeChanges } from '../make-change.ts';
import type { QuickTrial } from '../quick-trial.ts';
import { fightTheHealer } from './fighting-healer.ts';
import { AUTOSCALER, type OtherManager, someKeeper, writeAs } from './other-manager.ts';

const PLANS = 4;
const ROUNDS = 2;
const REPLICAS = 1;

/** F24: somebody else takes each change back as soon as it is there, as often as it is asked for, by people or by healing. */
export const fightingManagers: Family = {
  id: 'F24',
  title: 'Argo CD, Flux, an autoscaler or a person takes every change back, of people and of self-healing',
  sample: 5,
  async play(trial) {
    // As automation nobody is bound on the real API server, and no container runs there.
    if (trial.site.backend.name === 'demo' && trial.dice.chance(0.4)) return fightTheHealer(trial);
    return fightPeople(trial);
  },
};

/** One object that people want to change, and who keeps it. */
interface Fought {
  readonly part: MadeChange;
  readonly keeper: OtherManager;
}

async function fightPeople(trial: QuickTrial): Promise<Played> {
  const { dice } = trial;
  await trial.begin();
  const fought: Fought[] = [];
  for (let plan = 0; plan < PLANS; plan += 1) fought.push(await makeFought(trial));
  const reverted = revertAtOnce(trial, fought);
  const ended: PlanRecord[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const asked = await Promise.all(fought.map(({ part }) => trial.propose(part.operation)));
    judgeCards(trial, fought, asked, round);
    ended.push(
      ...(await approveAll(
        trial,
        asked.map((record) => ({ record, parts: [] })),
      )),
    );
  }
  for (const { plan, status, reason } of ended) {
    if (status === 'succeeded')
      trial.violations.push(`I6: ${plan.id} succeeded, and was taken back: ${reason}`);
  }
  const who = dice.oneOf(fought).keeper.who;
  const faults = reverted();
  return {
    faults,
    trials: faults,
    expected: { isTouched: true },
    ended: `${who} and others: ${endsOf(ended)}`,
  };
}

async function makeFought(trial: QuickTrial): Promise<Fought> {
  const kind = trial.dice.oneOf(['label', 'annotate', 'annotate', 'scale'] as const);
  const { parts } = await makeChanges(trial, [kind]);
  const [part] = parts;
  if (part === undefined) throw new Error('a change has a part');
  if (kind === 'scale') {
    await makeAutoscaler(trial, part.object);
    return { part, keeper: AUTOSCALER };
  }
  return { part, keeper: someKeeper(trial.dice) };
}

/** Bounds that leave no choice: one replica. */
async function makeAutoscaler(trial: QuickTrial, name: string): Promise<void> {
  const path = `/apis/autoscaling/v2/namespaces/${trial.namespace}/horizontalpodautoscalers`;
  const answer = await trial.site.backend.administer('POST', path, {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: REPLICAS,
      maxReplicas: REPLICAS,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
        },
      ],
    },
  });
  if (answer.status >= 300) throw new Error(`no autoscaler ${name}: ${answer.status} ${answer.text}`);
  await trial.until('the autoscaler is known', async () => {
    const { objects } = await trial.site.snapshots.snapshot();
    return objects.HorizontalPodAutoscaler.some((each) => each.name === name);
  });
}

/** Each write to these objects is followed by one of whoever keeps them. Returns how often that was done. */
function revertAtOnce(trial: QuickTrial, fought: readonly Fought[]): () => number {
  let reverted = 0;
  for (const { proxy } of trial.replicas) {
    proxy.answered = ({ path, isWrite }) => {
      const met = fought.find(({ part }) => path.split(/[/?]/).includes(part.object));
      if (!isWrite || met === undefined) return undefined;
      reverted += 1;
      const { part, keeper } = met;
      const collection = part.collection === 'deployments' ? 'deployments' : 'configmaps';
      return writeAs(trial, keeper, { collection, name: part.object, patch: keptBy(part) });
    };
  }
  return () => reverted;
}

/** The field as its keeper has it. */
function keptBy({ operation: { kind } }: MadeChange): object {
  if (kind === 'scale') return { spec: { replicas: REPLICAS } };
  const mark = { 'example.com/trial': 'as-it-is-kept' };
  return { metadata: kind === 'label' ? { labels: mark } : { annotations: mark } };
}

/** Whoever has taken it back once is named on the next card; an autoscaler is on the first. Of people nobody knows. */
function judgeCards(
  trial: QuickTrial,
  fought: readonly Fought[],
  asked: readonly PlanRecord[],
  round: number,
): void {
  for (const [index, { keeper }] of fought.entries()) {
    const { plan } = asked[index] ?? {};
    if (plan === undefined || keeper.who === 'a person' || (round === 0 && keeper !== AUTOSCALER)) continue;
    const named = plan.managers.find(({ name }) => keeper.named.test(name));
    if (named === undefined) trial.violations.push(`I6: the card of ${plan.id} does not name ${keeper.who}`);
    else if (!named.reverts || plan.risk.tier !== 'high')
      trial.violations.push(`I6: ${keeper.who} would take ${plan.id} back, and it is ${plan.risk.tier} risk`);
  }
}
