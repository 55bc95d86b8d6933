import { KINDS, type Kind } from '@jamie/core';
import {
  FOREIGN_RESOURCES,
  KNOWN_SUBRESOURCES,
  NOT_OURS_TO_WRITE,
  type RefusalClass,
} from './known-resources.ts';
import { APPLICABLE, DELETABLE, PATCHABLE } from './write-kinds.ts';

/** One verb on one resource or subresource, as a discovery document lists them. */
export interface ApiOperation {
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  /** Plural name. */
  readonly resource: string;
  readonly subresource?: string;
}

/** What the guarded transport does with an operation. A write needs a permit; its dry run needs none. */
export type OperationClass =
  | { readonly kind: 'read' }
  | { readonly kind: 'review' }
  | { readonly kind: 'write' }
  | { readonly kind: 'refused'; readonly reason: RefusalClass };

const READ: OperationClass = { kind: 'read' };
const WRITE: OperationClass = { kind: 'write' };
const READS = new Set(['get', 'list', 'watch']);
const VERBS = new Set([...READS, 'create', 'update', 'patch', 'delete', 'deletecollection']);
const REVIEWS = new Set(['subjectaccessreviews', 'selfsubjectaccessreviews']);
const OURS: ReadonlyMap<string, Kind> = new Map(
  Object.entries(KINDS).map(([kind, { group, plural }]) => [`${group}/${plural}`, kind as Kind]),
);
/** The subresources of ours that are read or written, with their verbs. */
const OUR_SUBRESOURCES: Readonly<Record<string, OperationClass>> = {
  'get pods/log': READ,
  'get deployments/scale': READ,
  'get statefulsets/scale': READ,
  'patch deployments/scale': WRITE,
  'patch statefulsets/scale': WRITE,
  'patch pods/resize': WRITE,
  'create pods/eviction': WRITE,
};

/**
 * Says of every operation of an API server what becomes of it. Pure, total, and closed: what is not listed by name is
 * refused as `unknown`. An explanation beside decideRequest, which judges the requests themselves; tests hold the two to
 * each other.
 */
export function classifyOperation(operation: ApiOperation): OperationClass {
  const { verb, group, resource, subresource } = operation;
  const isKnown = subresource === undefined || KNOWN_SUBRESOURCES.has(subresource);
  if (!VERBS.has(verb) || !isKnown) return refuse('unknown');
  const foreign = FOREIGN_RESOURCES.get(`${group}/${resource}`);
  if (foreign !== undefined) return refuse(reasonOf(subresource) ?? foreign);
  if (group === 'metrics.k8s.io') return classifyUsage(operation);
  if (group === 'authorization.k8s.io') return classifyReview(operation);
  return classifyKind(operation);
}

function classifyKind(operation: ApiOperation): OperationClass {
  const { verb, group, version, resource, subresource } = operation;
  const kind = OURS.get(`${group}/${resource}`);
  if (kind === undefined) return refuse('unknown');
  if (KINDS[kind].version !== version) return refuse('other_version');
  return subresource === undefined ? classifyOurs(kind, verb) : classifySubresource(operation, subresource);
}

function classifyReview({ verb, version, resource, subresource }: ApiOperation): OperationClass {
  if (!REVIEWS.has(resource) || subresource !== undefined) return refuse('unknown');
  if (version !== 'v1') return refuse('other_version');
  return verb === 'create' ? { kind: 'review' } : refuse('not_needed');
}

function classifyOurs(kind: Kind, verb: string): OperationClass {
  if (READS.has(verb)) return READ;
  if (verb === 'update') return refuse('whole_object');
  if (verb === 'deletecollection') return refuse('whole_collection');
  const kinds = { create: APPLICABLE, patch: PATCHABLE, delete: DELETABLE }[verb];
  return kinds?.has(kind) === true ? WRITE : refuse(NOT_OURS_TO_WRITE[kind] ?? 'unknown');
}

function classifySubresource({ verb, resource }: ApiOperation, subresource: string): OperationClass {
  const ours = OUR_SUBRESOURCES[`${verb} ${resource}/${subresource}`];
  return ours ?? refuse(KNOWN_SUBRESOURCES.get(subresource) ?? 'unknown');
}

function classifyUsage({ verb, version, resource, subresource }: ApiOperation): OperationClass {
  const isMeasured = resource === 'pods' || resource === 'nodes';
  if (!isMeasured || subresource !== undefined) return refuse('unknown');
  if (version !== 'v1beta1') return refuse('other_version');
  return verb === 'list' ? READ : refuse('not_needed');
}

/** A subresource that is worse than the resource that it belongs to says so. */
function reasonOf(subresource: string | undefined): RefusalClass | undefined {
  const reason = subresource === undefined ? undefined : KNOWN_SUBRESOURCES.get(subresource);
  return reason === 'secret_material' || reason === 'runs_code' ? reason : undefined;
}

function refuse(reason: RefusalClass): OperationClass {
  return { kind: 'refused', reason };
}
