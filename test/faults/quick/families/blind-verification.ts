import { setTimeout as sleep } from 'node:timers/promises';
import { trialObjects } from '../../changes/trial-objects.ts';
import type { ApiFault } from '../api-proxy.ts';
import { type Asked, approveAll, askForPlans, endsOf } from '../ask-for-plans.ts';
import type { Family } from '../family.ts';
import { FIELD_KINDS } from '../make-change.ts';
import { type QuickTrial, TIMING } from '../quick-trial.ts';
import { status } from './failing-api.ts';

const PLANS = 4;
const SIGHTS = ['blind', 'blind', 'blind for a while', 'flapping'] as const;

/** F22: what was changed cannot be seen, or is now one thing and now another: never called a success. */
export const blindVerification: Family = {
  id: 'F22',
  title: 'verification sees nothing, garbage, or now this and now that',
  sample: 5,
  async play(trial) {
    const { dice } = trial;
    trial.timing = { ...TIMING, verifyWithinMs: 4_000 };
    const sight = dice.oneOf(SIGHTS);
    await trial.begin();
    // What flaps never has the value that was asked for: else a look may meet it each time.
    const kinds = sight === 'flapping' ? (['label', 'annotate'] as const) : FIELD_KINDS;
    const asked = await askForPlans(trial, PLANS, () => [dice.oneOf(kinds)]);
    const stop = sight === 'flapping' ? flap(trial, asked) : blind(trial, sight === 'blind' ? 120_000 : 250);
    const records = await approveAll(trial, asked);
    const met = stop();
    for (const record of records) {
      const isGood = sight === 'blind for a while' ? true : record.status !== 'succeeded';
      if (!isGood) trial.violations.push(`I6: ${record.plan.id} succeeded, and verification was ${sight}`);
      if (record.status === 'inconclusive' && !/not verified|changed|cannot|could not/i.test(record.reason))
        trial.violations.push(`I6: ${record.plan.id} does not say what is unknown: ${record.reason}`);
    }
    return {
      faults: met,
      trials: PLANS,
      expected: { isTouched: true },
      ended: `${sight}: ${endsOf(records)}`,
    };
  },
};

/** After its write nothing of an object can be read. Returns how often that was met. */
function blind(trial: QuickTrial, forMs: number): () => number {
  let met = 0;
  const written = new Map<string, number>();
  for (const { proxy } of trial.replicas) {
    proxy.fault = ({ path, isWrite, method }) => {
      const object = /[^/?]+-\d+-\d+-\d+/.exec(path)?.[0] ?? '';
      if (isWrite) written.set(object, performance.now());
      const since = written.get(object);
      if (method !== 'GET' || since === undefined || performance.now() - since > forMs) return undefined;
      met += 1;
      return trial.dice.oneOf<ApiFault>([
        status(500, 'InternalError'),
        status(503, 'ServiceUnavailable'),
        { kind: 'drop' },
        { kind: 'cut_answer', isReset: false },
        { kind: 'answer', status: 200, text: '<html>a login page</html>' },
      ]);
    };
  }
  return () => met;
}

/** Somebody sets each field to and fro, as soon as it was written and until the end. */
function flap(trial: QuickTrial, asked: readonly Asked[]): () => number {
  let met = 0;
  let isOver = false;
  const objects = trialObjects(trial.site.backend);
  const begun = new Set<string>();
  for (const { proxy } of trial.replicas) {
    proxy.fault = ({ path, isWrite }) => {
      const part = asked.flatMap(({ parts }) => parts).find(({ object }) => path.includes(object));
      if (!isWrite || part === undefined || begun.has(part.object)) return undefined;
      begun.add(part.object);
      const turn = async () => {
        while (!isOver) {
          await objects.change(part.collection, part.object, markedBy(part.operation.kind, met % 2 === 0));
          met += 1;
          await sleep(20);
        }
      };
      // Once the answer is on its way.
      sleep(5)
        .then(turn)
        .catch(() => undefined);
      return undefined;
    };
  }
  return () => {
    isOver = true;
    return met;
  };
}

function markedBy(kind: string, isFirst: boolean): object {
  const mark = { 'example.com/trial': isFirst ? 'to' : 'fro' };
  return { metadata: kind === 'label' ? { labels: mark } : { annotations: mark } };
}
