import { registryOf } from './pull-failure.ts';
import { definePullAnalyzer } from './unpulled-image.ts';

/** CHK-POD-122: the registry wants credentials. */
export const imageUnauthorised = definePullAnalyzer({
  code: 'CHK-POD-122',
  title: 'image that the registry refuses to hand out',
  failure: 'unauthorised',
  problem: (image) => `is refused by ${registryOf(image)}`,
  remedies: (image) => [
    {
      label: 'Give the pods a pull secret',
      advice: `Check the imagePullSecrets for ${registryOf(image)} and that the repository of ${image} exists; a registry often answers both alike.`,
    },
  ],
});
