import {
  formatJsonPointer,
  type JsonPatchOperation,
  type JsonValue,
  type Kind,
  parseJsonPointer,
} from '@jamie/core';
import { nodeAccessOf } from './node-access.ts';

/** Where a JSON Patch goes: a kind, or a subresource of it. */
export interface PatchPlace {
  readonly kind: Kind;
  readonly subresource?: 'scale' | 'resize';
}

const WORKLOADS: ReadonlySet<Kind> = new Set<Kind>(['Deployment', 'StatefulSet', 'DaemonSet']);
const SCALABLE: ReadonlySet<Kind> = new Set<Kind>(['Deployment', 'StatefulSet']);
/** Fields of the spec that are ours to change, beside the whole spec of a workload. */
const SPEC_FIELDS: Partial<Record<Kind, ReadonlySet<string>>> = {
  CronJob: new Set(['/spec/suspend']),
  HorizontalPodAutoscaler: new Set(['/spec/minReplicas', '/spec/maxReplicas']),
  Node: new Set(['/spec/unschedulable']),
};
const RESOURCES = /^\/spec\/(?:containers|initContainers)\/\d{1,3}\/resources(?:\/|$)/;
const MARK = /^\/metadata\/(?:labels|annotations)\/[^/]+$/;
const MARKS = /^\/metadata\/(?:labels|annotations)$/;

/** The subresource of a path as a patch may go to it; undefined where it may not. */
export function patchPlaceOf(kind: Kind, subresource: string | undefined): PatchPlace | undefined {
  if (subresource === undefined) return { kind };
  if (subresource === 'scale' && SCALABLE.has(kind)) return { kind, subresource };
  return subresource === 'resize' && kind === 'Pod' ? { kind, subresource } : undefined;
}

/** Whether an operation of a patch stays within the fields that are ours to change there. Tests may look anywhere. */
export function mayTouch(operation: JsonPatchOperation, { kind, subresource }: PatchPlace): boolean {
  const { op, path } = operation;
  if (op === 'test') return true;
  if (subresource === 'scale') return op !== 'remove' && path === '/spec/replicas';
  if (subresource === 'resize') return RESOURCES.test(path);
  // All labels or annotations at once: only to make room for the first one.
  if (MARK.test(path) || (op === 'add' && MARKS.test(path))) return true;
  if (WORKLOADS.has(kind)) return path.startsWith('/spec/');
  return SPEC_FIELDS[kind]?.has(path) === true;
}

/**
 * Whether a patch opens a way into the node that the object did not have: what it writes somewhere may hold only what
 * the same patch has tested to be there already.
 */
export function grantsNodeAccess(operations: readonly JsonPatchOperation[]): boolean {
  const tested = new Map<string, ReadonlySet<string>>();
  for (const operation of operations) {
    if (operation.op === 'test')
      tested.set(normalised(operation.path), accessAt(operation.path, operation.value));
  }
  return operations.some((operation) => {
    if (operation.op === 'test' || operation.op === 'remove') return false;
    const known = tested.get(normalised(operation.path));
    return [...accessAt(operation.path, operation.value)].some((access) => known?.has(access) !== true);
  });
}

function normalised(path: string): string {
  return formatJsonPointer(parseJsonPointer(path));
}

/** The value with the path around it, so that the fields on the way count too. */
function accessAt(path: string, value: JsonValue): ReadonlySet<string> {
  const whole = parseJsonPointer(path).reduceRight<JsonValue>(
    (inner, token) => (/^(?:\d+|-)$/.test(token) ? [inner] : { [token]: inner }),
    value,
  );
  return nodeAccessOf(whole);
}
