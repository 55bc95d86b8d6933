import { join } from 'node:path';
import { type Clock, type Logger, OpsError, type PermitCheck } from '@jamie/core';
import { createDemoCluster, type DemoCluster } from '@jamie/demo-cluster';
import { type ClusterRegistry, createClusters } from '@jamie/kubernetes';
import type { Config } from '@jamie/runtime';

const DEMO_NAME = 'demo';

/** The clusters that somebody named, or the demo cluster while nobody has. */
export interface OpenClusters {
  readonly registry: ClusterRegistry;
  close(): Promise<void>;
}

/** Reads which clusters there are and starts the demo cluster where it is wanted. Contacts no other cluster. */
export async function openClusters(
  config: Config,
  permits: PermitCheck,
  logger: Logger,
  clock: Clock,
): Promise<OpenClusters> {
  const { clusters } = config;
  const options = {
    file: join(config.dataDir, 'clusters.json'),
    kubeconfig: { paths: clusters.kubeconfigPaths, contexts: clusters.kubeContexts },
    environments: clusters.environments,
    ...(clusters.credentialsKey && { credentialsKey: clusters.credentialsKey }),
    ...(config.ownNamespace !== undefined && { ownNamespace: config.ownNamespace }),
    permits,
    clock,
    logger: logger.child({ component: 'kubernetes' }),
  };
  const named = await createClusters(options);
  const wantsDemo =
    clusters.demoCluster === 'on' || (clusters.demoCluster === 'auto' && named.list().length === 0);
  if (!wantsDemo) return { registry: named, close: () => named.close() };
  await named.close();
  if (config.replicas === 'several') throw demoIsNotShared();
  const demo: DemoCluster = createDemoCluster({
    clock,
    logger: logger.child({ component: 'demo-cluster' }),
  });
  const access = await demo.start();
  const registry = await createClusters({
    ...options,
    demo: { name: DEMO_NAME, url: access.url, token: access.jamieToken },
  });
  return {
    registry,
    async close() {
      await registry.close();
      await demo.stop();
    },
  };
}

function demoIsNotShared(): OpsError {
  return new OpsError('config_invalid', 'several processes have no demo cluster in common', {
    userMessage:
      'The demo cluster lives in one process, so several would each see their own. Name a cluster that all of them reach in CLUSTERS and set DEMO_CLUSTER=off, or leave JAMIE_REPLICAS at one.',
  });
}
