import type { ObjectRef } from '@jamie/core';

/** Whether both name one object. */
export function isSameObject(one: ObjectRef, other: ObjectRef): boolean {
  return one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
}
