import type { PodTemplateView } from '@jamie/core';
import { toPodSpecView } from './pod-spec-view.ts';
import { listOf, objectOf, type RawObject, textOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects what pods are made from. */
export function toPodTemplateView(template: RawObject, sharing: Sharing): PodTemplateView {
  const spec = objectOf(template['spec']);
  return {
    labels: sharing.texts(objectOf(template['metadata'])['labels']),
    spec: toPodSpecView(spec, '', sharing),
    claims: listOf(spec['volumes']).flatMap((item) => {
      const claim = textOf(objectOf(objectOf(item)['persistentVolumeClaim'])['claimName']);
      return claim === '' ? [] : [claim];
    }),
  };
}
