import type { JsonObject, KubeObject } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';

/** Prefixes of labels and annotations by which other software takes an object for its own, and may change or delete it. */
const CLAIMS: Readonly<Record<string, string>> = {
  'argocd.argoproj.io': 'Argo CD',
  'kustomize.toolkit.fluxcd.io': 'Flux',
  'helm.toolkit.fluxcd.io': 'Flux',
  'meta.helm.sh': 'Helm',
  'scaledobject.keda.sh': 'KEDA',
};

/**
 * What a manifest says about whose the object is, where that is not so already: whoever claims an object may prune it.
 * Sentences for the card. Pure.
 */
export function claimedMarks(manifest: JsonObject, live: KubeObject | undefined): readonly string[] {
  return (['labels', 'annotations'] as const).flatMap((of) => {
    const [wanted, present] = [marksOf(manifest, of), marksOf(live, of)];
    return Object.entries(wanted).flatMap(([key, value]) => {
      const owner = CLAIMS[key.split('/')[0] ?? ''];
      if (owner === undefined || present[key] === value) return [];
      return [
        `${of === 'labels' ? 'Label' : 'Annotation'} ${key} would make it ${owner}'s, which may change or delete it.`,
      ];
    });
  });
}

function marksOf(object: unknown, of: 'labels' | 'annotations'): JsonObject {
  return (readJsonPointer(object, `/metadata/${of}`) ?? {}) as JsonObject;
}
