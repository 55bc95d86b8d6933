import { definePullAnalyzer } from './unpulled-image.ts';

/** CHK-POD-124: no registry was asked. */
export const imageNameInvalid = definePullAnalyzer({
  code: 'CHK-POD-124',
  title: 'image whose name is not valid',
  sources: ['k8sgpt Pod InvalidImageName'],
  failure: 'invalid_name',
  problem: () => 'is not a valid image name',
  remedies: (image) => [
    {
      label: 'Correct the image name',
      advice: `Write ${image} as registry/repository:tag, in lower case and without spaces.`,
    },
  ],
});
