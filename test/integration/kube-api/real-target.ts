import { fileURLToPath } from 'node:url';
import { sendOverTls } from '../../control-plane/api-client.ts';
import type { ControlPlane, ControlPlaneOptions } from '../../control-plane/control-plane.ts';
import type { ContractTarget, Sender } from './exchange.ts';

const ACCESS = fileURLToPath(new URL('./access.yaml', import.meta.url));

/** How the API server has to be started, so that versions become too old within seconds. */
export const FORGETFUL: ControlPlaneOptions = { apiServerFlags: ['--etcd-compaction-interval=1s'] };

/**
 * The real API server, with the roles that the contract speaks of. It is restarted first: what happened before is in
 * no watch cache any more, and its versions are too old to watch from.
 */
export async function createRealTarget(controlPlane: ControlPlane): Promise<ContractTarget> {
  await controlPlane.kubectl(['apply', '--server-side', '-f', ACCESS]);
  await controlPlane.restartApiServer();
  const tokens: Readonly<Record<Sender, string | undefined>> = {
    administrator: controlPlane.userTokens.administrator,
    jamie: controlPlane.userTokens.jamie,
    stranger: 'made-up',
    anonymous: undefined,
  };
  return {
    send: ({ as, headers, ...request }) => {
      const token = tokens[as];
      return sendOverTls(controlPlane, {
        ...request,
        headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      });
    },
  };
}
