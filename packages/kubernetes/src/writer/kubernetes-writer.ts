import {
  type ClusterWriter,
  isJsonObject,
  type KubeObject,
  type KubernetesIdentity,
  OpsError,
  type WritePermit,
  type WriteRequest,
} from '@jamie/core';
import { formatWrite } from '../guard/format-write.ts';
import type { GuardedTransport } from '../guard/guarded-transport.ts';
import { isResourceVersion } from '../guard/parse-patch.ts';
import { garbled, parseJson, parseObject } from '../reader/parse-object.ts';

/** Writes to one cluster over the guarded transport, always as somebody. */
export class KubernetesWriter implements ClusterWriter {
  readonly #transport: GuardedTransport;

  constructor(transport: GuardedTransport) {
    this.#transport = transport;
  }

  async dryRun(request: WriteRequest, as: KubernetesIdentity): Promise<KubeObject | undefined> {
    const answer = await this.#transport.send({ ...formatWrite(request, { dryRun: true }), as });
    return objectOf(request, answer);
  }

  async send(
    request: WriteRequest,
    resourceVersion: string | undefined,
    permit: WritePermit,
  ): Promise<KubeObject | undefined> {
    checkVersion(request, resourceVersion);
    const manner = {
      dryRun: false,
      ...(namesVersion(request) && resourceVersion !== undefined && { resourceVersion }),
    };
    const message = formatWrite(request, manner);
    const sent = { ...message, as: permit.identity, correlation: permit.planId };
    return objectOf(request, await this.#transport.send(sent, permit));
  }
}

/** Whether a request names the version that was read: a patch does, and an apply to an object that is there. */
function namesVersion(request: WriteRequest): boolean {
  return request.verb === 'patch' || (request.verb === 'apply' && request.uid !== null);
}

function checkVersion(request: WriteRequest, resourceVersion: string | undefined): void {
  if (!namesVersion(request)) return;
  if (resourceVersion !== undefined && isResourceVersion(resourceVersion)) return;
  throw new OpsError('invalid_input', 'a write needs the resourceVersion that was read', {
    details: { resourceVersion },
  });
}

/**
 * A delete and an eviction answer with a Status, or with the object that is on its way out: neither is one that is. What
 * is neither of them came from something before the API server, and proves nothing.
 */
function objectOf({ verb }: WriteRequest, answer: string): KubeObject | undefined {
  if (verb !== 'delete' && verb !== 'evict') return parseObject(answer);
  const value = parseJson(answer);
  if (!isJsonObject(value) || typeof value['kind'] !== 'string') throw garbled('not a Kubernetes object');
  return undefined;
}
