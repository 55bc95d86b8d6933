import type { Clusters, WorkloadView } from '@jamie/core';

/** How long the page waits for names; without them it shows general examples. */
const TIMEOUT_MS = 1_000;

/** Things to ask, with names that exist on the default cluster: something that is unwell, and something to scale. */
export async function listExamples(clusters: Clusters): Promise<readonly string[]> {
  const [first] = clusters.list();
  if (first === undefined) return [];
  const snapshot = await clusters.connect(first.name).snapshots.snapshot(TIMEOUT_MS);
  const deployments = snapshot.objects.Deployment.filter((each) => !each.namespace.startsWith('kube-'));
  const unwell = deployments.find((each) => each.readyReplicas < each.replicas);
  const well = deployments.find((each) => each.replicas > 1 && each.readyReplicas === each.replicas);
  return [
    ...(unwell === undefined ? [] : [`why is ${unwell.name} failing?`]),
    'health',
    ...(well === undefined ? [] : [scaleExample(well)]),
  ];
}

function scaleExample(workload: WorkloadView): string {
  return `scale deploy/${workload.name} ${workload.replicas + 1} -n ${workload.namespace}`;
}
