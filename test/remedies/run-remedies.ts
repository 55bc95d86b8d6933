import type { BackendName, RemedyCluster } from './bench.ts';
import { startDemoRemedies } from './demo-cluster.ts';
import { play } from './play.ts';
import { Product } from './product.ts';
import { startRealRemedies } from './real-cluster.ts';
import type { Control, Failure, ScenarioResult } from './scenario.ts';

export interface RemedyRun {
  readonly scenarios: readonly (Failure | Control)[];
  /** How many are played at a time on one cluster. */
  readonly width: number;
  onResult?(result: ScenarioResult): void;
}

/** Plays scenarios on as many clusters as they need, one product for each; results in the order of the scenarios. */
export async function runRemedies({
  scenarios,
  width,
  onResult,
}: RemedyRun): Promise<readonly ScenarioResult[]> {
  const results = new Map<string, ScenarioResult>();
  const backends = new Set(scenarios.map(({ on }) => on));
  await Promise.all(
    [...backends].map(async (backend) => {
      const own = scenarios.filter(({ on }) => on === backend);
      await withProduct(backend, own, async (cluster, product) => {
        const waiting = [...own];
        const worker = async (): Promise<void> => {
          for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
            const result = await play(next, cluster, product);
            results.set(next.name, result);
            onResult?.(result);
          }
        };
        await Promise.all(Array.from({ length: width }, worker));
      });
    }),
  );
  return scenarios.flatMap(({ name }) => results.get(name) ?? []);
}

async function withProduct(
  backend: BackendName,
  scenarios: readonly (Failure | Control)[],
  use: (cluster: RemedyCluster, product: Product) => Promise<void>,
): Promise<void> {
  const namespaces = scenarios.map(({ name, namespace }) => namespace ?? name);
  const cluster = backend === 'demo' ? await startDemoRemedies(namespaces) : await startRealRemedies();
  try {
    const alone = scenarios.filter((each) => each.kind === 'failure' && each.way === 'automatic');
    const product = await Product.start(
      cluster,
      alone.map(({ name, namespace }) => namespace ?? name),
    );
    try {
      await use(cluster, product);
    } finally {
      await product.end();
    }
  } finally {
    await cluster.stop();
  }
}
