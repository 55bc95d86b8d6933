import {
  type ClusterWriter,
  type KubeObject,
  type KubernetesIdentity,
  OpsError,
  type WritePermit,
  type WriteRequest,
} from '@jamie/core';
import { formatWrite } from '../guard/format-write.ts';
import type { GuardedTransport } from '../guard/guarded-transport.ts';
import { isResourceVersion } from '../guard/parse-patch.ts';
import { parseObject } from '../reader/parse-object.ts';

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
    const isChecked = request.verb === 'patch' || request.verb === 'apply';
    const manner = { dryRun: false, ...(isChecked && resourceVersion !== undefined && { resourceVersion }) };
    const message = formatWrite(request, manner);
    const sent = { ...message, as: permit.identity, correlation: permit.planId };
    return objectOf(request, await this.#transport.send(sent, permit));
  }
}

/** A patch needs the version that was read; an apply needs it where there is an object. */
function checkVersion({ verb }: WriteRequest, resourceVersion: string | undefined): void {
  const isNeeded = verb === 'patch' || (verb === 'apply' && resourceVersion !== undefined);
  if (!isNeeded || (resourceVersion !== undefined && isResourceVersion(resourceVersion))) return;
  throw new OpsError('invalid_input', 'a write needs the resourceVersion that was read', {
    details: { resourceVersion },
  });
}

/** A delete and an eviction answer with a Status, or with the object that is on its way out: neither is one that is. */
function objectOf({ verb }: WriteRequest, answer: string): KubeObject | undefined {
  return verb === 'delete' || verb === 'evict' ? undefined : parseObject(answer);
}
