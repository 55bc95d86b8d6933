import { definePullAnalyzer } from './unpulled-image.ts';

/** CHK-POD-125: the pull policy forbids it. */
export const imageNeverPulled = definePullAnalyzer({
  code: 'CHK-POD-125',
  title: 'image that is not on the node and may not be pulled',
  sources: ['k8sgpt Pod ErrImageNeverPull'],
  failure: 'never_pulled',
  problem: () => 'is not on the node, and its pull policy is Never',
  remedies: (image) => [
    {
      label: 'Allow the pull or load the image',
      advice: `Set imagePullPolicy to IfNotPresent, or load ${image} onto every node.`,
    },
  ],
});
