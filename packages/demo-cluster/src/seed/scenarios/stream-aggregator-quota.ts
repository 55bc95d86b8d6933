import { image, server } from '../images.ts';
import { app, deployment, type Manifest } from '../manifests.ts';
import { MINUTES_PER_DAY, type Scenario } from '../scenario.ts';

const IMAGE = image('analytics-stream-aggregator', '0.31.4');
const base = {
  namespace: 'analytics',
  name: 'stream-aggregator',
  image: IMAGE,
  port: 8080,
  cpu: '400m',
  team: 'analytics',
};

const quota: Manifest = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'team-quota', namespace: 'analytics' },
  spec: { hard: { 'requests.cpu': '2', 'requests.memory': '4Gi', pods: '20' } },
};

/** Scaled beyond the team's quota: some pods exist, the others are refused. */
export const STREAM_AGGREGATOR_QUOTA: Scenario = {
  images: { [IMAGE]: server({ name: 'stream-aggregator', port: 8080 }) },
  steps: [
    { minutesAgo: 58 * MINUTES_PER_DAY, apply: [quota] },
    { minutesAgo: 11 * MINUTES_PER_DAY, apply: app({ ...base, replicas: 3 }) },
    { minutesAgo: 38, apply: [deployment({ ...base, replicas: 6 })] },
  ],
};
