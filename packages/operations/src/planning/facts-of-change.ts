import type { DirectOperation, JsonObject, KubeObject, ObjectRef } from '@jamie/core';
import { canonicalJson, readJsonPointer } from '@jamie/core';
import type { PlannedEffect } from '@jamie/policy';
import { isWorkload, podLabelsOf } from '../catalogue/workload-facts.ts';
import { imagesOf } from '../revisions/template-images.ts';
import { currentReplicasOf, readyReplicasOf, wantedReplicasOf } from './replica-counts.ts';
import type { StepFacts } from './step-draft.ts';

/**
 * The facts of a change of which the dry run shows the whole outcome: a manifest that is applied, fields that get their
 * former values, an object that is made again. Pure; the same however the object gets there, so that no way of writing
 * it is judged more mildly than another.
 */
export function factsOfChange(
  operation: DirectOperation['kind'],
  target: ObjectRef,
  live: KubeObject | undefined,
  after: KubeObject | undefined,
): StepFacts {
  const [current, wanted] = podsOf(live, after);
  const runs = isWorkload(target) && live !== undefined;
  const rolls = runs && canonicalJson(podTemplateOf(live)) !== canonicalJson(podTemplateOf(after));
  const object = after ?? live;
  return {
    effect: {
      operation,
      target,
      currentReplicas: current,
      wantedReplicas: wanted,
      readyReplicas: runs ? readyReplicasOf(live) : current,
      images: newImages(live, after),
      ...reachOf(live, after),
    },
    podsAffected: rolls ? currentReplicasOf(live) : Math.max(0, current - wanted),
    podLabels: object === undefined ? {} : podLabelsOf(object),
  };
}

/** The pods that a workload asks for, or that an autoscaler runs, before and after. */
function podsOf(live: KubeObject | undefined, after: KubeObject | undefined): readonly [number, number] {
  const object = after ?? live;
  if (object?.kind === 'HorizontalPodAutoscaler') return withinBounds(live, object);
  if (object === undefined || !RUNS.has(object.kind)) return [0, 0];
  const current = live === undefined ? 0 : wantedReplicasOf(live);
  return [current, after === undefined ? current : wantedReplicasOf(after)];
}

const RUNS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** An autoscaler keeps what it runs now, unless the bounds move past it. */
function withinBounds(live: KubeObject | undefined, after: KubeObject): readonly [number, number] {
  const current = live === undefined ? 0 : numberAt(live, '/status/currentReplicas', 0);
  if (current === 0) return [0, 0];
  const [least, most] = [numberAt(after, '/spec/minReplicas', 1), numberAt(after, '/spec/maxReplicas', 1)];
  return [current, Math.min(Math.max(current, least), most)];
}

/** How many pods at a time the object lets others start, before and after; nothing for what lets nobody. */
function reachOf(
  live: KubeObject | undefined,
  after: KubeObject | undefined,
): Pick<PlannedEffect, 'reach'> | undefined {
  const most = reachIn(after);
  return most === undefined ? undefined : { reach: { before: reachIn(live) ?? 0, after: most } };
}

function reachIn(object: KubeObject | undefined): number | undefined {
  switch (object?.kind) {
    case 'HorizontalPodAutoscaler':
      return numberAt(object, '/spec/maxReplicas', 1);
    case 'Job':
      return numberAt(object, '/spec/parallelism', 1);
    case 'CronJob':
      return numberAt(object, '/spec/jobTemplate/spec/parallelism', 1);
    default:
      return undefined;
  }
}

/** The template of the pods that an object makes; empty where it makes none. */
export function podTemplateOf(object: KubeObject | JsonObject | undefined): JsonObject {
  const pointer = object?.['kind'] === 'CronJob' ? '/spec/jobTemplate/spec/template' : '/spec/template';
  return (readJsonPointer(object, pointer) ?? {}) as JsonObject;
}

function newImages(live: KubeObject | undefined, after: KubeObject | undefined): readonly string[] {
  const present = new Set(imagesOf(podTemplateOf(live)).values());
  return [...new Set(imagesOf(podTemplateOf(after)).values())].filter((image) => !present.has(image));
}

function numberAt(object: KubeObject, pointer: string, fallback: number): number {
  const value = readJsonPointer(object, pointer);
  return typeof value === 'number' ? value : fallback;
}
