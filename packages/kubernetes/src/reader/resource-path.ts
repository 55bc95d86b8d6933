import { formatObjectRef, KINDS, type Kind, type ObjectRef, OpsError } from '@jamie/core';

const NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** The API path of a kind, in one namespace or in all. Throws `invalid_input`. */
export function collectionPath(kind: Kind, namespace?: string): string {
  const definition = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (definition === undefined) throw invalid(`"${kind}" is not a kind that is read here`);
  const { group, version, plural, namespaced } = definition;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  if (namespace === undefined) return `${root}/${plural}`;
  if (!namespaced) throw invalid(`a ${kind} has no namespace`);
  if (namespace.length > 63 || !NAMESPACE.test(namespace))
    throw invalid(`"${namespace}" is not a namespace name`);
  return `${root}/namespaces/${namespace}/${plural}`;
}

/** The API path of one object. Throws `invalid_input` where the name cannot be one. */
export function objectPath(ref: ObjectRef): string {
  const path = collectionPath(ref.kind, ref.namespace);
  if (ref.namespace === undefined && KINDS[ref.kind].namespaced)
    throw invalid(`a ${ref.kind} needs a namespace`);
  if (ref.name.length > 253 || !NAME.test(ref.name))
    throw invalid(`"${formatObjectRef(ref)}" is not an object name`);
  return `${path}/${ref.name}`;
}

function invalid(why: string): OpsError {
  return new OpsError('invalid_input', 'the object cannot be addressed', {
    userMessage: `This cannot be looked up: ${why}. Names are lower-case letters, digits, "-" and ".".`,
    details: { why },
  });
}
