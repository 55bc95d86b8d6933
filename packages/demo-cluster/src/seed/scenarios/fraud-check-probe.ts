import { image, server } from '../images.ts';
import { app, deployment } from '../manifests.ts';
import { MINUTES_PER_DAY, type Scenario } from '../scenario.ts';

const BEFORE = image('payments-fraud-check', '5.0.4');
const AFTER = image('payments-fraud-check', '5.1.0');
const base = {
  namespace: 'payments',
  name: 'fraud-check',
  port: 8080,
  replicas: 2,
  team: 'payments',
  strategy: { type: 'Recreate' },
} as const;

/** The release moved the health endpoint; the probe still asks for the old path. */
export const FRAUD_CHECK_PROBE: Scenario = {
  images: {
    [BEFORE]: server({ name: 'fraud-check', port: 8080 }),
    [AFTER]: server({
      name: 'fraud-check',
      port: 8080,
      paths: ['/health/live', '/health/ready'],
      chatterEveryMs: 10_000,
      chatter: ['request completed method=GET path=/readyz status=404 duration_ms=0'],
    }),
  },
  steps: [
    {
      minutesAgo: 21 * MINUTES_PER_DAY,
      apply: app({ ...base, image: BEFORE, changeCause: 'release 5.0.4' }),
    },
    { minutesAgo: 34, apply: [deployment({ ...base, image: AFTER, changeCause: 'release 5.1.0' })] },
  ],
};
