import { readFile } from 'node:fs/promises';
import { type ClusterInfo, OpsError } from '@jamie/core';
import { type Command, Option } from 'commander';
import type { CommandContext, OutputOptions } from '../command-context.ts';
import { renderTable } from '../render/render-table.ts';

interface AddOptions extends OutputOptions {
  readonly name: string;
  readonly kubeconfig: string;
  readonly apiServer?: string;
  readonly context?: string;
  readonly environment: string;
}

/** Adds `cluster add`, `cluster list` and `cluster remove`. */
export function addClusterCommands(program: Command, context: CommandContext): void {
  const cluster = program.command('cluster').summary('add, list and remove clusters');
  cluster
    .command('add')
    .summary('connect a cluster; its credentials are stored encrypted')
    .requiredOption('--name <name>', 'the name under which you will speak of it')
    .requiredOption('--kubeconfig <file>', 'the kubeconfig file with its credentials')
    .option('--api-server <url>', 'the API server as Jamie reaches it; default: the one in the kubeconfig')
    .option('--context <name>', 'the context in that file, where it has several')
    .addOption(
      new Option('--environment <kind>', 'what the cluster is')
        .choices(['production', 'staging', 'development'])
        .default('production'),
    )
    .option('--json', 'print JSON for scripts')
    .action((options: AddOptions) => addCluster(context, options));
  cluster
    .command('list')
    .summary('the connected clusters; the first is the default')
    .option('--json', 'print JSON for scripts')
    .action(async (options: OutputOptions) => {
      const clusters = await (await context.connect()).listClusters();
      context.print(clusters, (clean) => renderClusters(clean, context.paper.columns), options);
    });
  cluster
    .command('remove <name>')
    .summary('disconnect a cluster that was added, and forget its credentials')
    .option('--json', 'print JSON for scripts')
    .action(async (name: string, options: OutputOptions) => {
      await (await context.connect()).removeCluster(name);
      context.print({ removed: name }, ({ removed }) => `Removed ${removed}.`, options);
    });
}

async function addCluster(context: CommandContext, options: AddOptions): Promise<void> {
  const kubeconfig = await readKubeconfig(options.kubeconfig);
  const client = await context.connect();
  const info = await client.addCluster({
    name: options.name,
    kubeconfig,
    environment: options.environment,
    ...(options.context === undefined ? {} : { kubeContext: options.context }),
    ...(options.apiServer === undefined ? {} : { apiServer: options.apiServer }),
  });
  context.print(
    info,
    ({ name, server, environment }) => `Connected ${name} at ${server} as ${environment}.`,
    options,
  );
}

async function readKubeconfig(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new OpsError('invalid_input', 'kubeconfig cannot be read', {
      userMessage: `The kubeconfig ${path} cannot be read. Check the path and its permissions.`,
      cause: error,
    });
  }
}

function renderClusters(clusters: readonly ClusterInfo[], columns: number): string {
  const rows = clusters.map(({ name, environment, server, source }) => [name, environment, server, source]);
  return renderTable(['Cluster', 'Environment', 'API server', 'Known from'], rows, columns);
}
