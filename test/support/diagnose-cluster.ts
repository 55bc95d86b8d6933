import { diagnose, logsWanted, withLogs } from '@jamie/analysis';
import {
  type ClusterConnection,
  createPermitOffice,
  type Diagnosis,
  type DiagnosisScope,
  formatObjectRef,
} from '@jamie/core';
import { createClusterConnection, kubeconfigAccess } from '@jamie/kubernetes';
import { systemClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import type { TestCluster } from './test-cluster.ts';

/** Opens the real adapter on a cluster, as the product does; `use` gets it, and it is closed afterwards. */
export async function withConnection<T>(
  { kubeconfigPath }: Pick<TestCluster, 'kubeconfigPath'>,
  use: (connection: ClusterConnection) => Promise<T>,
): Promise<T> {
  const clock = systemClock;
  const connection = createClusterConnection({
    info: { name: 'test', environment: 'development', server: '', source: 'kubeconfig' },
    access: await kubeconfigAccess({ source: { paths: [kubeconfigPath] }, context: 'test', clock }),
    permits: createPermitOffice(),
    clock,
    logger: new RecordingLogger(),
    readsAsItself: 'anything',
  });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

/** A diagnosis with the log lines that it asks for, as an answer to `why` has them. */
export async function diagnoseCluster(
  { reader, snapshots }: ClusterConnection,
  scope: DiagnosisScope,
): Promise<Diagnosis> {
  const diagnosis = diagnose(await snapshots.snapshot(), scope);
  const logs = await Promise.all(
    logsWanted(diagnosis).map(async (query) => ({
      kind: 'read' as const,
      query,
      text: await reader.readLog(query),
      readAt: systemClock.now(),
    })),
  );
  return withLogs(diagnosis, logs);
}

/** Each cause as `code subject`, sorted. */
export function causesOf(diagnosis: Diagnosis): readonly string[] {
  return diagnosis.causes.map(({ root }) => `${root.code} ${formatObjectRef(root.subject)}`).sort();
}
