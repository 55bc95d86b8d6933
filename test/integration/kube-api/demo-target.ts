import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@jamie/core';
import { createDemoCluster } from '@jamie/demo-cluster';
import { sendOverHttp } from '../../control-plane/api-client.ts';
import type { ContractTarget, Sender } from './exchange.ts';

const CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (durationMs, signal) => sleep(durationMs, undefined, signal === undefined ? {} : { signal }),
};

/** The demo cluster without its company, with time running fast. */
export async function startDemoTarget(): Promise<ContractTarget & { stop(): Promise<void> }> {
  const cluster = createDemoCluster({ clock: CLOCK, content: 'empty', timeScale: 5 });
  const { url, adminToken, jamieToken } = await cluster.start();
  const tokens: Readonly<Record<Sender, string | undefined>> = {
    administrator: adminToken,
    jamie: jamieToken,
    stranger: 'made-up',
    anonymous: undefined,
  };
  return {
    send: ({ as, headers, ...request }) => {
      const token = tokens[as];
      return sendOverHttp(url, {
        ...request,
        headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      });
    },
    forget: () => cluster.controls.expireHistory(),
    stop: () => cluster.stop(),
  };
}
