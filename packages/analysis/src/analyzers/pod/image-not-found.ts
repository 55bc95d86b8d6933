import { registryOf } from './pull-failure.ts';
import { definePullAnalyzer } from './unpulled-image.ts';

/** CHK-POD-121: the registry answers, and has no such image. */
export const imageNotFound = definePullAnalyzer({
  code: 'CHK-POD-121',
  title: 'image that the registry does not have',
  sources: [
    'k8sgpt Pod ErrImagePull',
    'k8sgpt Pod ImagePullBackOff',
    'Robusta on_image_pull_backoff',
    'Robusta ImagePullBackOff',
    'HolmesGPT image pull',
    'OpenSRE 002-image-pull-backoff',
    'k8s-ai-bench fix-image-pull',
  ],
  failure: 'not_found',
  problem: (image) => `does not exist in ${registryOf(image)}`,
  remedies: (image) => [
    {
      label: 'Correct the image tag',
      advice: `Check the name and tag of ${image}: ${registryOf(image)} answers that it has no such image.`,
    },
  ],
});
