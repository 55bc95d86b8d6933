import { image, server } from '../images.ts';
import { app, deployment, service } from '../manifests.ts';
import { MINUTES_PER_DAY, type Scenario } from '../scenario.ts';

const IMAGE = image('platform-feature-flags', '3.3.1');
const base = { namespace: 'platform', image: IMAGE, port: 8080, replicas: 2, team: 'platform' };

/** The Deployment was renamed with its labels; the Service kept the old selector. */
export const FEATURE_FLAGS_SELECTOR: Scenario = {
  images: { [IMAGE]: server({ name: 'feature-flags', port: 8080 }) },
  steps: [
    { minutesAgo: 24 * MINUTES_PER_DAY, apply: app({ ...base, name: 'feature-flags' }) },
    {
      minutesAgo: 180,
      apply: [
        deployment({ ...base, name: 'flags-api' }),
        service('platform', 'feature-flags', 'feature-flags'),
      ],
      remove: [{ kind: 'Deployment', namespace: 'platform', name: 'feature-flags' }],
    },
  ],
};
