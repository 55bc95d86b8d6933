import type { JsonObject } from '@jamie/core';
import { apiVersionOf, DELETABLE_KINDS, readJsonPointer } from '@jamie/core';
import { checkPodSpec } from './guardrails-pod.ts';

/** What a manifest may hold: what may be deleted, but for ReplicaSets, which their Deployments make. */
const APPLICABLE_KINDS = DELETABLE_KINDS.filter((kind) => kind !== 'ReplicaSet');

/** Where each kind keeps the pods that it makes. */
const POD_SPECS: Readonly<Record<string, string>> = {
  Deployment: '/spec/template/spec',
  StatefulSet: '/spec/template/spec',
  DaemonSet: '/spec/template/spec',
  Job: '/spec/template/spec',
  CronJob: '/spec/jobTemplate/spec/template/spec',
};

/** Fields of metadata that decide about other objects, or about whether this one can ever go. */
const REFUSED_METADATA: Readonly<Record<string, string>> = {
  finalizers: 'a finalizer can keep the object from ever being deleted',
  generateName: 'the name must be the same each time it is sent',
};

/** What stands against a manifest, in sentences for whoever wrote it; undefined when nothing does. Pure and total. */
export function checkManifest(manifest: JsonObject): string | undefined {
  const { kind, apiVersion } = manifest;
  const name = String(readJsonPointer(manifest, '/metadata/name') ?? '');
  const named = `${String(kind)} ${name}`;
  const known = APPLICABLE_KINDS.find((each) => each === kind);
  if (known === undefined) {
    return `I don't apply ${String(kind)}: I apply ${APPLICABLE_KINDS.join(', ')}. Ask a platform admin for ${named}.`;
  }
  if (apiVersion !== apiVersionOf(known))
    return `${named} says apiVersion ${String(apiVersion)}. I apply ${known} as ${apiVersionOf(known)}: write that.`;
  return checkMetadata(manifest, named) ?? checkSpec(manifest, known, named);
}

function checkMetadata(manifest: JsonObject, named: string): string | undefined {
  const metadata = (readJsonPointer(manifest, '/metadata') ?? {}) as JsonObject;
  const field = Object.keys(REFUSED_METADATA).find((each) => metadata[each] !== undefined);
  if (field !== undefined)
    return `${named} sets metadata.${field}: ${REFUSED_METADATA[field]}. Leave it out.`;
  const owners = metadata['ownerReferences'];
  if (owners !== undefined && !isRunOfCronJob(manifest, owners))
    return `${named} sets metadata.ownerReferences: whoever owns an object decides when it is deleted. Leave it out.`;
  if (manifest['status'] !== undefined) return `${named} sets status, which controllers write. Leave it out.`;
  return undefined;
}

/** A Job that a CronJob is asked to run by hand belongs to it, so that it goes with it. */
function isRunOfCronJob(manifest: JsonObject, owners: unknown): boolean {
  if (manifest['kind'] !== 'Job' || !Array.isArray(owners) || owners.length !== 1) return false;
  const instantiate = readJsonPointer(manifest, '/metadata/annotations/cronjob.kubernetes.io~1instantiate');
  return instantiate === 'manual' && readJsonPointer(owners[0], '/kind') === 'CronJob';
}

function checkSpec(manifest: JsonObject, kind: string, named: string): string | undefined {
  if (kind === 'Service') return checkService(manifest, named);
  const pointer = POD_SPECS[kind];
  if (pointer === undefined) return undefined;
  const problem = checkPodSpec(readJsonPointer(manifest, pointer));
  return problem === undefined ? undefined : `${named} ${problem}`;
}

function checkService(manifest: JsonObject, named: string): string | undefined {
  if (readJsonPointer(manifest, '/spec/type') === 'ExternalName')
    return `${named} is of type ExternalName, which sends what is meant for the cluster elsewhere. Use a ClusterIP Service.`;
  const external = readJsonPointer(manifest, '/spec/externalIPs');
  if (Array.isArray(external) && external.length > 0)
    return `${named} sets externalIPs, with which a Service can take over any address (CVE-2020-8554). Use a LoadBalancer or an Ingress.`;
  return undefined;
}
