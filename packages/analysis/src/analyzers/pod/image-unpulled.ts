import { definePullAnalyzer } from './unpulled-image.ts';

/** CHK-POD-126: nothing says why. */
export const imageUnpulled = definePullAnalyzer({
  code: 'CHK-POD-126',
  title: 'image that cannot be pulled for a reason that nothing names',
  sources: ['k8sgpt Pod ImageInspectError'],
  failure: 'unknown',
  problem: () => 'cannot be pulled; no message says why',
  remedies: (image) => [
    {
      label: 'Look for the pull error',
      advice: `Look at the events of the pod for the error of ${image}; they may have expired.`,
    },
  ],
});
