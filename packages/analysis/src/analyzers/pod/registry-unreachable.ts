import { registryOf } from './pull-failure.ts';
import { definePullAnalyzer } from './unpulled-image.ts';

/** CHK-POD-123: the registry does not answer. */
export const registryUnreachable = definePullAnalyzer({
  code: 'CHK-POD-123',
  title: 'image registry that cannot be reached',
  failure: 'unreachable',
  problem: (image) => `cannot be pulled because ${registryOf(image)} does not answer`,
  remedies: (image) => [
    {
      label: 'Restore the way to the registry',
      advice: `Check DNS, proxy, firewall and certificates between the nodes and ${registryOf(image)}; ${image} itself may be fine.`,
    },
  ],
});
