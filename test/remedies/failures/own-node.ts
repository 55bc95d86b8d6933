import { simulatedNode } from '../../control-plane/node-stages.ts';
import { type Bench, hasCondition } from '../bench.ts';
import type { Fields, Manifest } from '../manifests.ts';

/** The name of the node that a scenario has for itself. */
export function ownNode({ namespace }: Bench): string {
  return `node-${namespace}`;
}

/** Adds a node that only the pods of this scenario select; resolves when its kubelet says that it is ready. */
export async function addNode(bench: Bench, spec: Fields = {}): Promise<void> {
  const name = ownNode(bench);
  // What the control plane makes its own nodes of.
  const node = simulatedNode(name) as Manifest & { readonly metadata: { readonly labels: Fields } };
  const labels = { ...node.metadata.labels, pool: bench.namespace };
  await bench.create({ ...node, metadata: { ...node.metadata, labels }, spec });
  await bench.until(`${name} is ready`, async () => hasCondition(await bench.read('Node', name), 'Ready'));
}

/** What sends pods to the scenario's own node. */
export function toOwnNode({ namespace }: Bench): Fields {
  return { nodeSelector: { pool: namespace } };
}
