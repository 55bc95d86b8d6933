import type { AgentsContext } from '../agents-context.ts';
import type { CommandRequest } from './command-request.ts';
import { describeSource, readDefaults } from './defaults-in-force.ts';
import { answer, type Outcome } from './outcome.ts';

/** The clusters that somebody named, and which of them a request is about that names none. */
export async function clusters(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  const known = context.clusters.list();
  if (known.length === 0) {
    return answer('No cluster is connected. Add one in a terminal:', [
      { kind: 'code', text: 'jamie cluster add --name NAME --api-server URL --kubeconfig FILE' },
    ]);
  }
  const { cluster: inForce } = await readDefaults(context, asked);
  const rows = known.map(({ name, environment, server, source }) => [
    name,
    environment,
    server,
    source,
    name === inForce?.name ? `yes, ${describeSource(inForce.from)}` : '',
  ]);
  const count = known.length === 1 ? 'One cluster is' : `${known.length} clusters are`;
  const others = known.filter(({ name }) => name !== inForce?.name).slice(0, 5);
  const followUps = others.map(({ name }) => ({ label: `Use ${name}`, command: `use --cluster ${name}` }));
  const outcome = answer(`${count} connected.`, [
    { kind: 'table', columns: ['Name', 'Environment', 'Server', 'From', 'In force'], rows },
  ]);
  return followUps.length === 0 ? outcome : { ...outcome, reply: { ...outcome.reply, followUps } };
}
