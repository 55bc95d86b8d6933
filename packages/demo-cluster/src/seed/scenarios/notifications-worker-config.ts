import { image, server } from '../images.ts';
import { app } from '../manifests.ts';
import type { Scenario } from '../scenario.ts';

const IMAGE = image('platform-notifications-worker', '2.9.1');

/** A new workload whose ConfigMap nobody created. */
export const NOTIFICATIONS_WORKER_CONFIG: Scenario = {
  images: { [IMAGE]: server({ name: 'notifications-worker', port: 8080 }) },
  steps: [
    {
      minutesAgo: 55,
      apply: app({
        namespace: 'platform',
        name: 'notifications-worker',
        image: IMAGE,
        port: 8080,
        replicas: 2,
        team: 'platform',
        container: {
          env: [
            {
              name: 'SMTP_HOST',
              valueFrom: { configMapKeyRef: { name: 'notifications-smtp', key: 'host' } },
            },
            {
              name: 'SMTP_PORT',
              valueFrom: { configMapKeyRef: { name: 'notifications-smtp', key: 'port' } },
            },
          ],
        },
      }),
    },
  ],
};
