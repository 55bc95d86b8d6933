import { readFileSync } from 'node:fs';
import type { Vocabulary } from '@jamie/agents/grammar';
import { z } from 'zod';

const named = z.strictObject({ namespace: z.string(), name: z.string() });

const worldSchema = z.strictObject({
  clusters: z.array(z.string()),
  namespaces: z.array(z.string()),
  workloads: z.array(named.extend({ kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet']) })),
  services: z.array(named),
  nodes: z.array(z.string()),
  pods: z.array(named),
});

/** The names that exist where the sentences are spoken. */
export function readWorld(): Vocabulary {
  const world = worldSchema.parse(JSON.parse(readFileSync(new URL('world.json', import.meta.url), 'utf8')));
  const objects = [...world.workloads, ...world.services, ...world.pods].map(({ name }) => name);
  return {
    clusters: new Set(world.clusters),
    namespaces: new Set(world.namespaces),
    objects: new Set([...objects, ...world.nodes]),
    nodes: new Set(world.nodes),
  };
}
