import { defineContainerLint } from '../template/container-lint.ts';
import { isPinned, tagOf } from './image-parts.ts';

/** CHK-CON-702: the tag moves, and so does what a new pod runs. */
export const latestImage = defineContainerLint({
  code: 'CHK-CON-702',
  title: 'image with the tag latest',
  sources: ['popeye 101', 'botkube latest tag'],
  problem: { one: 'takes its image by the tag latest', many: 'take their images by the tag latest' },
  consequence: 'pods made on different days may run different programs, and a rollback may change nothing',
  remedy: {
    label: 'Name a version',
    advice:
      'Name the version of the image, or its digest, in the pod template, so that every pod runs the same.',
  },
  find: ({ image }) =>
    tagOf(image) === 'latest' && !isPinned(image) ? { field: 'image', says: image } : undefined,
});
