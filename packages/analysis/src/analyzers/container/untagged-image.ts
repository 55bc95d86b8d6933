import { defineContainerLint } from '../template/container-lint.ts';
import { isPinned, tagOf } from './image-parts.ts';

/** CHK-CON-701: without a tag or a digest it is whatever `latest` is on the day of the pull. */
export const untaggedImage = defineContainerLint({
  code: 'CHK-CON-701',
  title: 'image without a tag',
  sources: ['popeye 100'],
  problem: { one: 'names its image without a tag', many: 'name their images without a tag' },
  consequence: 'what runs is whatever the registry calls latest on the day of the pull',
  remedy: {
    label: 'Name a version',
    advice:
      'Name the version of the image, or its digest, in the pod template, so that every pod runs the same.',
  },
  find: ({ image }) =>
    image !== '' && tagOf(image) === undefined && !isPinned(image)
      ? { field: 'image', says: image }
      : undefined,
});
