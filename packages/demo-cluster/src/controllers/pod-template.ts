import { canonicalJson } from '@jamie/core';
import type { Pod, PodTemplate, StoredObject } from '../objects.ts';
import type { Draft } from '../store/object-store.ts';
import { controllerReference } from './world.ts';

export const HASH_LABEL = 'pod-template-hash';
/** Stored templates never change, so each is written once. */
const CANONICAL = new WeakMap<PodTemplate, string>();
const SAFE_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A stable short hash of a template: FNV-1a, written with the alphabet that Kubernetes uses for names. */
export function hashTemplate(template: PodTemplate): string {
  let hash = 0x811c9dc5;
  for (const char of canonicalTemplate(template)) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return [...String(hash)].map((digit) => SAFE_ALPHABET[digit.charCodeAt(0) % SAFE_ALPHABET.length]).join('');
}

/** Whether two templates make the same pods; the hash label that controllers add does not count. */
export function isSameTemplate(left: PodTemplate, right: PodTemplate): boolean {
  return canonicalTemplate(left) === canonicalTemplate(right);
}

/** The template with one more label. */
export function withTemplateLabel(template: PodTemplate, name: string, value: string): PodTemplate {
  return {
    ...template,
    metadata: { ...template.metadata, labels: { ...template.metadata?.labels, [name]: value } },
  };
}

/** A pod of this owner, as its controller creates it. */
export function podFromTemplate(owner: StoredObject, template: PodTemplate, name: string): Draft & Pod {
  const isGenerated = owner.kind !== 'StatefulSet';
  const { labels, annotations } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(isGenerated ? { generateName: `${owner.metadata.name}-` } : {}),
      ...(owner.metadata.namespace === undefined ? {} : { namespace: owner.metadata.namespace }),
      generation: 1,
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ownerReferences: controllerReference(owner),
    },
    spec: template.spec,
    status: { phase: 'Pending', qosClass: qosClassOf(template) },
  } as unknown as Draft & Pod;
}

function canonicalTemplate(template: PodTemplate): string {
  const known = CANONICAL.get(template);
  if (known !== undefined) return known;
  const text = canonicalJson(withoutHash(template));
  CANONICAL.set(template, text);
  return text;
}

function withoutHash(template: PodTemplate): unknown {
  const { [HASH_LABEL]: _hash, ...labels } = template.metadata?.labels ?? {};
  const annotations = template.metadata?.annotations;
  const isEmpty = annotations === undefined || Object.keys(annotations).length === 0;
  return { labels, ...(isEmpty ? {} : { annotations }), spec: template.spec };
}

/** The quality of service class that the resources of a template make. */
export function qosClassOf(template: PodTemplate): string {
  const containers = template.spec.containers;
  const parts = containers.map(
    ({ resources }) => [resources?.requests ?? {}, resources?.limits ?? {}] as const,
  );
  if (parts.every(([requests, limits]) => !Object.keys(requests).length && !Object.keys(limits).length)) {
    return 'BestEffort';
  }
  const isGuaranteed = parts.every(([requests, limits]) =>
    ['cpu', 'memory'].every(
      (name) => limits[name] !== undefined && (requests[name] ?? limits[name]) === limits[name],
    ),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
