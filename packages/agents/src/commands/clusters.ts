import type { AgentsContext } from '../agents-context.ts';
import { answer, type Outcome } from './outcome.ts';

/** The clusters that somebody named. */
export function clusters(context: AgentsContext): Outcome {
  const known = context.clusters.list();
  if (known.length === 0) {
    return answer(
      'No cluster is connected. Run: jamie cluster add --name NAME --api-server URL --kubeconfig FILE',
    );
  }
  const rows = known.map((cluster) => [cluster.name, cluster.environment, cluster.server, cluster.source]);
  const count = known.length === 1 ? 'One cluster is' : `${known.length} clusters are`;
  return answer(`${count} connected.`, [
    { kind: 'table', columns: ['Name', 'Environment', 'Server', 'From'], rows },
  ]);
}
