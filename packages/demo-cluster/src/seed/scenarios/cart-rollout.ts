import type { Program } from '../../kubelet/program.ts';
import { image, server, serverRun } from '../images.ts';
import { app, deployment } from '../manifests.ts';
import { MINUTES_PER_DAY, type Scenario } from '../scenario.ts';

const BEFORE = image('shop-cart', '9.3.0');
const AFTER = image('shop-cart', '9.4.0');

/** Waits for ever for a migration lock, and says so to its readiness probe. */
const waiting: Program = () => {
  const run = serverRun({ name: 'cart', port: 8080 });
  const line = (message: string): string =>
    `{"time":"{time}","level":"warn","service":"cart","msg":"${message}"}`;
  return {
    ...run,
    notReady: 'HTTP probe failed with statuscode: 503',
    chatter: {
      everyMs: 15_000,
      lines: [line('schema migration 0047_cart_currency is waiting for lock held by cart@9.3.0')],
    },
  };
};

const base = {
  namespace: 'shop',
  name: 'cart',
  port: 8080,
  replicas: 3,
  team: 'shop',
  progressDeadlineSeconds: 300,
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
} as const;

/** A rollout that stopped half-way: the new pod never becomes ready, the old ones still serve. */
export const CART_ROLLOUT: Scenario = {
  images: { [BEFORE]: server({ name: 'cart', port: 8080 }), [AFTER]: waiting },
  steps: [
    {
      minutesAgo: 12 * MINUTES_PER_DAY,
      apply: app({ ...base, image: BEFORE, changeCause: 'release 9.3.0' }),
    },
    { minutesAgo: 51, apply: [deployment({ ...base, image: AFTER, changeCause: 'release 9.4.0' })] },
  ],
};
