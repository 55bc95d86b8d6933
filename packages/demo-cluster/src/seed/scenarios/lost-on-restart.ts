import { image, server } from '../images.ts';
import { app, configMap } from '../manifests.ts';
import { MINUTES_PER_DAY, type Scenario } from '../scenario.ts';

const WISHLIST = image('shop-wishlist', '2.0.7');
const RECOMMENDATIONS = image('shop-recommendations', '7.3.0');

/**
 * Two workloads that run well and would not come up again: the ConfigMap of one is gone, and the image tag of the
 * other was deleted from the registry while it pulls at every start.
 */
export const LOST_ON_RESTART: Scenario = {
  images: {
    [WISHLIST]: server({ name: 'wishlist', port: 8080 }),
    [RECOMMENDATIONS]: server({ name: 'recommendations', port: 8080 }),
  },
  steps: [
    {
      minutesAgo: 8 * MINUTES_PER_DAY,
      apply: [
        configMap('shop', 'wishlist-settings', { MAX_ITEMS: '200' }),
        ...app({
          namespace: 'shop',
          name: 'wishlist',
          image: WISHLIST,
          port: 8080,
          replicas: 2,
          team: 'shop',
          container: { envFrom: [{ configMapRef: { name: 'wishlist-settings' } }] },
        }),
        ...app({
          namespace: 'shop',
          name: 'recommendations',
          image: RECOMMENDATIONS,
          port: 8080,
          replicas: 2,
          team: 'shop',
          container: { imagePullPolicy: 'Always' },
        }),
      ],
    },
    {
      minutesAgo: 200,
      remove: [{ kind: 'ConfigMap', namespace: 'shop', name: 'wishlist-settings' }],
      deleteImages: [RECOMMENDATIONS],
    },
  ],
};
