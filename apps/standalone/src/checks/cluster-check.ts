import type { Check, CheckResult, Clusters } from '@jamie/core';
import { toOpsError } from '@jamie/core';

/** Whether each named cluster answers, and with which version. */
export function clusterCheck(clusters: Clusters): Check {
  return () => summarise(clusters);
}

async function summarise(clusters: Clusters): Promise<CheckResult> {
  const known = clusters.list();
  if (known.length === 0) {
    return {
      name: 'Clusters',
      status: 'failed',
      detail: 'none is connected',
      mend: 'jamie cluster add --name NAME --api-server URL --kubeconfig FILE',
    };
  }
  const answers = await Promise.all(known.map((info) => ask(clusters, info.name)));
  const silent = answers.filter((answer) => !answer.answers);
  const onlyDemo = known.every((info) => info.source === 'demo');
  return {
    name: 'Clusters',
    status: silent.length > 0 ? 'failed' : 'ok',
    detail: answers.map((answer) => answer.detail).join('; '),
    mend:
      silent.length > 0
        ? 'Check the API server, its network and the credentials; jamie cluster list shows the addresses.'
        : onlyDemo
          ? 'Connect your own: CLUSTERS=<kubeconfig context> npm start, or jamie cluster add'
          : '',
  };
}

async function ask(clusters: Clusters, name: string): Promise<{ answers: boolean; detail: string }> {
  try {
    const version = await clusters.connect(name).reader.version();
    return { answers: true, detail: `${name} ${version}` };
  } catch (error) {
    const failure = toOpsError(error);
    return { answers: false, detail: `${name} does not answer (${failure.userMessage ?? failure.message})` };
  }
}
