import { image, server } from '../images.ts';
import { app, deployment } from '../manifests.ts';
import { MINUTES_PER_DAY, type Scenario } from '../scenario.ts';

const IMAGE = image('data-report-builder', '1.6.0');
const base = {
  namespace: 'data',
  name: 'report-builder',
  image: IMAGE,
  port: 8080,
  replicas: 1,
  team: 'data',
};

/** Somebody asked for more CPU than any node has, and the strategy removed the old pod first. */
export const REPORT_BUILDER_CPU: Scenario = {
  images: { [IMAGE]: server({ name: 'report-builder', port: 8080 }) },
  steps: [
    {
      minutesAgo: 33 * MINUTES_PER_DAY,
      apply: app({ ...base, cpu: '500m', strategy: { type: 'Recreate' } }),
    },
    {
      minutesAgo: 95,
      apply: [
        deployment({
          ...base,
          cpu: '12',
          strategy: { type: 'Recreate' },
          changeCause: 'more CPU for the quarterly report',
        }),
      ],
    },
  ],
};
