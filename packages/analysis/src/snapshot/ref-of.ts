import type { ObjectRef, ObjectView } from '@jamie/core';

/** The name of a view's object. */
export function refOf(view: ObjectView): ObjectRef {
  return view.namespace === ''
    ? { kind: view.kind, name: view.name }
    : { kind: view.kind, namespace: view.namespace, name: view.name };
}
