import { registryOf } from './pull-failure.ts';
import { definePullAnalyzer } from './unpulled-image.ts';

/** CHK-POD-127: too many pulls. */
export const registryRateLimited = definePullAnalyzer({
  code: 'CHK-POD-127',
  title: 'image registry that limits the rate of pulls',
  failure: 'rate_limited',
  problem: (image) => `cannot be pulled because ${registryOf(image)} limits the rate`,
  remedies: (image) => [
    {
      label: 'Authenticate or mirror the registry',
      advice: `Pull ${image} with an account or through a mirror; the limit of ${registryOf(image)} lifts by itself later.`,
    },
  ],
});
