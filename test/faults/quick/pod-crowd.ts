import type { ApiFault, SeenRequest } from './api-proxy.ts';

/** As many as a cluster of a few hundred machines has. */
export const CROWD = 5_000;
export const CROWD_PREFIX = 'crowd-';
const PAGE = 500;

/** Whether somebody lists the pods of all namespaces. */
function isListing({ method, path, isWatch }: SeenRequest): boolean {
  return method === 'GET' && !isWatch && new URL(path, 'http://localhost').pathname === '/api/v1/pods';
}

/**
 * Many pods in front of an API server that has few: lists of pods are answered in pages of 500, at this version, and
 * everything else, watches among it, is left to the server. Undefined: no list of pods.
 */
export function answerCrowd(request: SeenRequest, resourceVersion: string): ApiFault | undefined {
  if (!isListing(request)) return undefined;
  const token = new URL(request.path, 'http://localhost').searchParams.get('continue') ?? '0';
  const first = Number(token);
  const next = first + PAGE;
  const items = Array.from({ length: Math.min(PAGE, CROWD - first) }, (_, index) => podOf(first + index));
  const metadata = { resourceVersion, ...(next < CROWD && { continue: String(next) }) };
  const text = JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items });
  return { kind: 'answer', status: 200, text };
}

function podOf(number: number): object {
  const name = `${CROWD_PREFIX}${number}`;
  return {
    metadata: {
      name,
      namespace: 'default',
      uid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-15T12:00:00Z',
      labels: { app: `crowd-${number % 100}` },
    },
    spec: {
      nodeName: `node-${number % 250}`,
      containers: [{ name: 'web', image: 'registry.example/web:1' }],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [
        {
          name: 'web',
          ready: true,
          restartCount: 0,
          image: 'registry.example/web:1',
          state: { running: {} },
        },
      ],
    },
  };
}
