import type { JsonObject, ObjectRef, WriteRequest } from '@jamie/core';
import { assertNever, DELETABLE_KINDS, KINDS, MARKABLE_KINDS } from '@jamie/core';
import { checkManifest } from './guardrails-manifest.ts';

/** Control-plane namespaces: no plan, no approval and no configuration opens them. */
export const CONTROL_PLANE_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
]);

export type GuardrailDecision =
  | { readonly kind: 'pass' }
  | {
      readonly kind: 'deny';
      readonly reason:
        | 'control_plane_namespace'
        | 'own_namespace'
        | 'cluster_scoped'
        | 'kind_not_writable'
        | 'content';
      readonly message: string;
    };

/** What a patch of a node may write: whether pods start there, and marks. */
const NODE_FIELDS = /^\/(spec\/unschedulable|metadata\/(labels|annotations)(\/[^/]+)?)$/;

/**
 * The rules that no configuration can switch off, for one request. Pure and total. Fails closed: whatever is not known
 * to be writable is denied.
 */
export function checkGuardrails(request: WriteRequest, ownNamespace: string): GuardrailDecision {
  const place = checkPlace(request.target, ownNamespace);
  if (place.kind === 'deny') return place;
  const kind = checkKind(request);
  if (kind.kind === 'deny') return kind;
  return request.verb === 'apply' || request.verb === 'create'
    ? checkContent(request.manifest)
    : { kind: 'pass' };
}

/** Whether anything may happen where an object is. Nodes are the only objects of the whole cluster that may change. */
export function checkPlace(target: ObjectRef, ownNamespace: string): GuardrailDecision {
  if (target.namespace === undefined || target.namespace === '') {
    if (target.kind === 'Node') return { kind: 'pass' };
    return deny(
      'cluster_scoped',
      KINDS[target.kind]?.namespaced
        ? `I can't tell in which namespace ${target.kind} ${target.name} is. Say it with -n, or in metadata.namespace.`
        : `I can't change ${target.kind} ${target.name}: it belongs to the whole cluster.`,
    );
  }
  if (CONTROL_PLANE_NAMESPACES.has(target.namespace)) {
    return deny('control_plane_namespace', `I can't touch ${target.namespace}. Ask a platform admin.`);
  }
  if (target.namespace === ownNamespace) {
    return deny(
      'own_namespace',
      `I can't touch ${target.namespace}: I run there myself. Ask a platform admin.`,
    );
  }
  return { kind: 'pass' };
}

/** Whether a manifest may be sent at all, whoever asks and whoever approves. */
export function checkContent(manifest: JsonObject): GuardrailDecision {
  const problem = checkManifest(manifest);
  return problem === undefined ? { kind: 'pass' } : deny('content', problem);
}

function checkKind(request: WriteRequest): GuardrailDecision {
  const { target, verb } = request;
  switch (verb) {
    case 'patch':
      if (target.kind === 'Node') return checkNode(target, request.patch);
      return includes(MARKABLE_KINDS, target.kind) ? { kind: 'pass' } : notWritable(target);
    case 'apply':
      return includes(DELETABLE_KINDS, target.kind) ? { kind: 'pass' } : notWritable(target);
    case 'create':
      return target.kind === 'Job' ? { kind: 'pass' } : notWritable(target);
    case 'delete':
      return includes([...DELETABLE_KINDS, 'Pod'], target.kind) ? { kind: 'pass' } : notWritable(target);
    case 'evict':
      return target.kind === 'Pod' ? { kind: 'pass' } : notWritable(target);
    default:
      return assertNever(request);
  }
}

function checkNode(target: ObjectRef, patch: readonly { readonly path: string }[]): GuardrailDecision {
  if (patch.every(({ path }) => NODE_FIELDS.test(path))) return { kind: 'pass' };
  return deny(
    'cluster_scoped',
    `Of Node ${target.name} I change only whether pods start there, its labels and its annotations.`,
  );
}

function includes(kinds: readonly string[], kind: string): boolean {
  return kinds.includes(kind);
}

type Denial = Extract<GuardrailDecision, { kind: 'deny' }>;

function notWritable(target: ObjectRef): Denial {
  return deny(
    'kind_not_writable',
    `I can't make this change to a ${target.kind}. "help" says what I change; for everything else ask a platform admin.`,
  );
}

function deny(reason: Denial['reason'], message: string): Denial {
  return { kind: 'deny', reason, message };
}
