import { image, server } from '../images.ts';
import { app, deployment } from '../manifests.ts';
import { MINUTES_PER_DAY, type Scenario } from '../scenario.ts';

const BEFORE = image('shop-promotions', '1.18.2');

const base = { namespace: 'shop', name: 'promotions', port: 8080, replicas: 2, team: 'shop' };

/** A release with a tag that was never pushed; the previous pods still serve. */
export const PROMOTIONS_IMAGE: Scenario = {
  images: { [BEFORE]: server({ name: 'promotions', port: 8080 }) },
  steps: [
    {
      minutesAgo: 26 * MINUTES_PER_DAY,
      apply: app({ ...base, image: BEFORE, changeCause: 'release 1.18.2' }),
    },
    {
      minutesAgo: 27,
      apply: [
        deployment({ ...base, image: image('shop-promotions', '1.18.3'), changeCause: 'release 1.18.3' }),
      ],
    },
  ],
};
