import { OpsError } from '@jamie/core';
import { z } from 'zod';
import type { ApiContext, ClusterRegistry } from '../api-options.ts';
import { defineRoute, type Route } from '../route.ts';
import { clusterNameSchema, clusterSchema, registrationSchema } from '../schemas/cluster-schema.ts';

/** Where clusters are listed, added and removed. */
export function clusterRoutes({ clusters, registry }: ApiContext): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/clusters',
      operationId: 'listClusters',
      summary: 'The connected clusters; the first is the default.',
      answers: {
        200: {
          description: 'The clusters.',
          schema: z.strictObject({ clusters: z.array(clusterSchema).readonly() }),
        },
      },
      async handle() {
        return { status: 200, body: { clusters: clusters.list() } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/v1/clusters',
      operationId: 'addCluster',
      summary: 'Connect a cluster. Its credentials are stored encrypted and never shown again.',
      body: registrationSchema,
      bodyLimitBytes: 512 * 1024,
      answers: { 201: { description: 'Connected.', schema: clusterSchema } },
      async handle({ body }) {
        const { name, kubeconfig, environment, kubeContext, apiServer } = body;
        const info = await present(registry).register({
          name,
          kubeconfig,
          environment,
          ...(kubeContext === undefined ? {} : { kubeContext }),
          ...(apiServer === undefined ? {} : { apiServer }),
        });
        return { status: 201, body: info };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/v1/clusters/{name}',
      operationId: 'removeCluster',
      summary: 'Disconnect a cluster that was added, and forget its credentials.',
      params: z.object({ name: clusterNameSchema }),
      answers: { 204: { description: 'Gone.' } },
      async handle({ params }) {
        await present(registry).remove(params.name);
        return { status: 204 };
      },
    }),
  ];
}

function present(registry: ClusterRegistry | undefined): ClusterRegistry {
  if (registry !== undefined) return registry;
  throw new OpsError('unavailable', 'no cluster registry', {
    retryable: false,
    userMessage: 'This process cannot add or remove clusters. Name kubeconfig contexts in CLUSTERS instead.',
  });
}
