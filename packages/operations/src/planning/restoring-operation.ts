import type { DirectOperation, FieldValues, WriteRequest } from '@jamie/core';

/** Which operation the restoring of a field amounts to, by where the field is. */
const BY_POINTER: readonly (readonly [string, DirectOperation['kind'], DirectOperation['kind']])[] = [
  ['/spec/unschedulable', 'cordon', 'uncordon'],
  ['/spec/paused', 'pause', 'resume'],
  ['/spec/suspend', 'suspend', 'unsuspend'],
  ['/spec/minReplicas', 'autoscale', 'autoscale'],
  ['/spec/maxReplicas', 'autoscale', 'autoscale'],
  ['/spec/template', 'rollback', 'rollback'],
  ['/metadata/labels', 'label', 'label'],
  ['/metadata/annotations', 'annotate', 'annotate'],
];

/**
 * What kind of operation it is to give these fields these values, so that taking something back is judged like doing
 * it. What several kinds of fields say, or none that is known, counts as applying a manifest. Pure.
 */
export function restoringOperation(request: WriteRequest, values: FieldValues): DirectOperation['kind'] {
  if (request.verb === 'patch' && request.subresource === 'scale') return 'scale';
  if (request.verb === 'patch' && request.subresource === 'resize') return 'resize';
  const kinds = new Set(
    Object.entries(values).map(([pointer, value]) => {
      const entry = BY_POINTER.find(([prefix]) => pointer === prefix || pointer.startsWith(`${prefix}/`));
      if (entry === undefined) return 'apply';
      return value === true ? entry[1] : entry[2];
    }),
  );
  const [only, ...others] = kinds;
  return only !== undefined && others.length === 0 ? only : 'apply';
}
