import type { IngressClassView, IngressView } from '@jamie/core';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { inStableOrder } from '../../snapshot/stable-order.ts';

/** The Ingresses that nobody is deleting, in a stable order. */
export const liveIngresses = oncePerSnapshot((index: SnapshotIndex): readonly IngressView[] =>
  inStableOrder(index.snapshot.objects.Ingress).filter((ingress) => ingress.deletingSince === undefined),
);

/** The classes that new Ingresses take when they name none. */
export const defaultClasses = oncePerSnapshot((index: SnapshotIndex): readonly IngressClassView[] =>
  inStableOrder(index.snapshot.objects.IngressClass).filter((each) => each.isDefault),
);
