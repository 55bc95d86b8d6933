import type { Intent } from '../../command-list.ts';
import type { Place } from '../../parameters.ts';
import { given } from '../../read-values.ts';
import type { OperationValues } from './operation-values.ts';
import type { OperandCommand } from './operation-verb.ts';

/** The change of one object with the values that were said; undefined where they are not clear. Pure. */
export function intentOf(
  command: OperandCommand,
  word: string,
  place: Place,
  values: OperationValues,
): Intent | undefined {
  const words = [word];
  switch (command) {
    case 'image': {
      const [image, ...others] = values.images;
      if (image === undefined || others.length > 0) return undefined;
      return { kind: 'image', words, image, ...given({ container: values.container }), place };
    }
    case 'resize':
      return resizeOf(words, place, values);
    case 'autoscale': {
      const bounds = boundsOf(values);
      return bounds === undefined ? undefined : { kind: 'autoscale', words, ...given(bounds), place };
    }
    case 'label':
      return { kind: 'label', words, labels: values.marks, place };
    case 'annotate':
      return { kind: 'annotate', words, annotations: values.marks, place };
    default:
      return { kind: command, words, place };
  }
}

/** Where neither the request nor the limit is named, both are meant: what it gets is what it may use. */
function resizeOf(
  words: readonly string[],
  place: Place,
  { quantities, resources, of }: OperationValues,
): Intent | undefined {
  const [quantity, ...others] = quantities;
  const [resource, ...more] = resources;
  if (quantity === undefined || resource === undefined || others.length > 0 || more.length > 0)
    return undefined;
  const amount = { [resource]: quantity };
  const isBoth = of.size !== 1;
  return {
    kind: 'resize',
    words,
    ...((isBoth || of.has('request')) && { requests: amount }),
    ...((isBoth || of.has('limit')) && { limits: amount }),
    place,
  };
}

type Bounds = {
  readonly minReplicas: number | undefined;
  readonly maxReplicas: number | undefined;
};

function boundsOf({ bounds, ends }: OperationValues): Bounds | undefined {
  const [first, second, ...others] = bounds;
  if (first === undefined || others.length > 0) return undefined;
  if (second !== undefined)
    return first <= second && ends.size !== 1 ? { minReplicas: first, maxReplicas: second } : undefined;
  if (ends.size !== 1) return undefined;
  return ends.has('min')
    ? { minReplicas: first, maxReplicas: undefined }
    : { minReplicas: undefined, maxReplicas: first };
}
