import type { ApiServiceView, ConditionView, ObjectRef } from '@jamie/core';
import { findCondition } from './conditions.ts';
import { oncePerSnapshot } from './once-per-snapshot.ts';
import { refOf } from './ref-of.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { inStableOrder } from './stable-order.ts';

/** An API that the API server does not reach, with its own words about why. */
export interface UnavailableApi {
  readonly api: ApiServiceView;
  readonly condition: ConditionView;
}

/** Every API of the cluster, those that the API server serves itself included. */
export const apiServices = oncePerSnapshot((index: SnapshotIndex): readonly ApiServiceView[] =>
  inStableOrder(index.snapshot.objects.APIService),
);

/** The aggregated APIs that are not available now. */
export const unavailableApis = oncePerSnapshot((index: SnapshotIndex): readonly UnavailableApi[] =>
  apiServices(index).flatMap((api) => {
    const condition = findCondition(api, 'Available');
    if (condition === undefined || condition.status === 'True' || api.deletingSince !== undefined) return [];
    return [{ api, condition }];
  }),
);

const GROUP_VERSION = /([a-z0-9.-]{1,253})\/(v\d[a-z0-9]{0,20})/gu;

/** The unavailable APIs whose group and version (`metrics.k8s.io/v1beta1`) a message names. */
export function apisNamedIn(index: SnapshotIndex, message: string): readonly ObjectRef[] {
  const named = new Set(
    [...message.matchAll(GROUP_VERSION)].map(([, group, version]) => `${version}.${group}`),
  );
  return unavailableApis(index)
    .filter(({ api }) => named.has(api.name))
    .map(({ api }) => refOf(api));
}
