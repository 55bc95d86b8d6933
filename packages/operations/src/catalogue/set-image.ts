import type { OperationOf } from '@jamie/core';
import { compiledStep, draftOfWrite, refuseCompile } from '../planning/step-draft.ts';
import type { OperationDefinition } from './operation-definition.ts';
import { findContainer } from './template-container.ts';
import { replacesPods, templateConditions, whyNotRolling } from './workload-facts.ts';

const POD_SPEC = '/spec/template/spec';
const MAX_IMAGE_LENGTH = 1_024;

/** Gives a container of a workload another image. Its pods are replaced step by step. */
export const setImage: OperationDefinition<OperationOf<'set_image'>> = {
  async compile({ target, container, image }, { get, timing }) {
    const live = await get(target);
    const found = findContainer(live, POD_SPEC, container);
    if (found.kind === 'refused') return found;
    const before = String(found.container['image']);
    if (before === image) {
      const message = `Container ${found.name} of ${target.kind} ${target.name} runs ${image} already. Nothing to change.`;
      return refuseCompile('no_change', message);
    }
    const title = `Set the image of container ${found.name} of ${target.kind} ${target.name} from ${before} to ${image}`;
    const write = {
      target,
      summary: title,
      values: { [`${found.pointer}/image`]: image },
      // The place in the list is the address, so who stands there must stay the same.
      alsoPinned: [`${found.pointer}/name`, '/spec/paused'],
    };
    const step = draftOfWrite(
      live,
      write,
      replacesPods('set_image', target, live, { images: [image] }),
      templateConditions(target, live, timing),
    );
    const stays = whyNotRolling(live);
    return compiledStep(title, step, [...movingTagWarnings(image), ...(stays === undefined ? [] : [stays])]);
  },

  fields: ({ image }) => [
    {
      name: 'image',
      label: 'Image',
      kind: 'text',
      value: image,
      maximumLength: MAX_IMAGE_LENGTH,
      hint: 'An image such as registry.example.com/shop/cart:1.4.2.',
    },
  ],

  edit: (operation, { image }) => ({ ...operation, ...(image !== undefined && { image }) }),
};

/** An image whose reference may mean something else tomorrow. */
function movingTagWarnings(image: string): readonly string[] {
  const reference = image.slice(image.lastIndexOf('/') + 1);
  if (reference.includes('@')) return [];
  const tag = reference.split(':')[1];
  if (tag !== undefined && tag !== 'latest') return [];
  return [
    `${image} has ${tag === undefined ? 'no tag' : 'the tag latest'}: what it means may change, and a rollback then does not bring the old image back.`,
  ];
}
