import { clusterApplyContract } from './cluster-apply.contract.ts';
import { clusterCreateContract } from './cluster-create.contract.ts';
import { clusterLogsContract } from './cluster-logs.contract.ts';
import { clusterReaderContract } from './cluster-reader.contract.ts';
import { clusterRemovalContract } from './cluster-removal.contract.ts';
import { clusterSnapshotsContract } from './cluster-snapshots.contract.ts';
import type { ClusterContractOptions } from './cluster-subject.ts';
import { clusterUsageContract } from './cluster-usage.contract.ts';
import { clusterWriterContract } from './cluster-writer.contract.ts';

/** Everything that a ClusterConnection promises to the code above it. Each part creates a subject of its own. */
export function clusterContract(options: ClusterContractOptions): void {
  clusterReaderContract(options);
  clusterLogsContract(options);
  clusterUsageContract(options);
  clusterWriterContract(options);
  clusterApplyContract(options);
  clusterCreateContract(options);
  clusterRemovalContract(options);
  clusterSnapshotsContract(options);
}
