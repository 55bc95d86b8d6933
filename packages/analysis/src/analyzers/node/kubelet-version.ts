import type { NodeView } from '@jamie/core';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

export interface KubeletVersion {
  readonly node: NodeView;
  /** `v1.36`. */
  readonly release: string;
  readonly minor: number;
}

const VERSION = /^v1\.(\d{1,3})\./;

/** The nodes whose kubelet tells its version, oldest release first. */
export const kubeletVersions = oncePerSnapshot((index: SnapshotIndex): readonly KubeletVersion[] =>
  index.nodes
    .flatMap((node) => {
      const minor = VERSION.exec(node.kubeletVersion)?.[1];
      return minor === undefined ? [] : [{ node, release: `v1.${minor}`, minor: Number(minor) }];
    })
    .sort((left, right) => left.minor - right.minor),
);
