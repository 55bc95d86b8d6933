import type { ApiFault, SeenRequest } from '../api-proxy.ts';
import { approveAll, askForPlans, endsOf } from '../ask-for-plans.ts';
import type { Dice } from '../dice.ts';
import type { Family } from '../family.ts';
import { playBadCertificate } from './bad-certificates.ts';
import { anyKinds } from './random-deaths.ts';

const PLANS = 5;
const MOST_FAULTS = 12;
/** Prime to the shares of the real API server and of the full-size pair, so that it meets each of them. */
const CERTIFICATE_EVERY = 3;

/** F8: the API server refuses, fails, is slow to answer, or its answers are lost, cut or garbled. */
export const failingApi: Family = {
  id: 'F8',
  title: 'API server answers 409, 429, 500, 503, half, garbage or nothing; its certificate expires',
  sample: 5,
  async play(trial) {
    if (trial.spec.trial % CERTIFICATE_EVERY === CERTIFICATE_EVERY - 1) return playBadCertificate(trial);
    const { dice } = trial;
    let left = MOST_FAULTS;
    const met = new Set<string>();
    await trial.begin();
    const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 2));
    const names = asked.map(({ record, parts }) => ({ id: record.plan.id, parts }));
    for (const { proxy } of trial.replicas) {
      proxy.fault = (request) => {
        const meets = names.find(({ parts }) => parts.some(({ object }) => request.path.includes(object)));
        if (meets === undefined || left === 0 || !dice.chance(request.isWrite ? 0.5 : 0.12)) return undefined;
        left -= 1;
        met.add(meets.id);
        return anyApiFault(dice, request);
      };
    }
    const records = await approveAll(trial, asked);
    return { faults: met.size, trials: met.size, expected: {}, ended: endsOf(records) };
  },
};

/** One of the ways in which an API server and the network before it fail. */
export function anyApiFault(dice: Dice, { isWrite }: SeenRequest): ApiFault {
  const faults: readonly ApiFault[] = [
    status(429, 'TooManyRequests', { 'retry-after': '1' }),
    status(500, 'InternalError'),
    status(503, 'ServiceUnavailable'),
    status(504, 'Timeout'),
    { kind: 'drop' },
    { kind: 'lose_answer' },
    { kind: 'cut_answer', isReset: true },
    { kind: 'cut_answer', isReset: false },
    { kind: 'answer', status: 200, text: '<html>a login page</html>' },
    ...(isWrite
      ? [status(409, 'Conflict'), { kind: 'lose_answer' } as const, { kind: 'lose_answer' } as const]
      : []),
  ];
  return dice.oneOf(faults);
}

/** The Status object with which an API server refuses. */
export function status(
  code: number,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): ApiFault {
  const body = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason,
    code,
    message: `made up: ${reason}`,
  };
  return { kind: 'answer', status: code, headers, text: JSON.stringify(body) };
}
