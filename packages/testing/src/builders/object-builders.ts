import type { ConditionView, ObjectView } from '@jamie/core';
import { SNAPSHOT_TIME } from './snapshot-builder.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** A condition that has held for an hour unless said otherwise. */
export function aCondition(
  type: string,
  status: ConditionView['status'],
  more: Partial<ConditionView> = {},
): ConditionView {
  return { type, status, reason: '', message: '', since: SNAPSHOT_TIME - 60 * MINUTE_MS, ...more };
}

/** The fields that every view has: in namespace `shop`, a day old. */
export function anObject(name: string, more: Partial<ObjectView> = {}): Omit<ObjectView, 'kind'> {
  const namespace = more.namespace ?? 'shop';
  return {
    namespace,
    name,
    uid: `uid-${namespace}-${name}`,
    resourceVersion: '1',
    createdAt: SNAPSHOT_TIME - 24 * HOUR_MS,
    labels: {},
    ...more,
  };
}
