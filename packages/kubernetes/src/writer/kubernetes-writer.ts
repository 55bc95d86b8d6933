import {
  type ClusterWriter,
  type JsonPatchOperation,
  type KubeObject,
  type KubernetesIdentity,
  OpsError,
  type PatchRequest,
  type WritePermit,
  type WriteRequest,
} from '@jamie/core';
import { FIELD_MANAGER, JSON_PATCH } from '../guard/decide-request.ts';
import type { GuardedTransport } from '../guard/guarded-transport.ts';
import { isResourceVersion, preconditionOf } from '../guard/parse-patch.ts';
import { parseObject } from '../reader/parse-object.ts';
import { objectPath } from '../reader/resource-path.ts';
import type { ApiRequest } from '../transport/api-request.ts';

/** Writes to one cluster over the guarded transport: JSON Patch, always as somebody. */
export class KubernetesWriter implements ClusterWriter {
  readonly #transport: GuardedTransport;

  constructor(transport: GuardedTransport) {
    this.#transport = transport;
  }

  async dryRun(request: WriteRequest, as: KubernetesIdentity): Promise<KubeObject | undefined> {
    requirePatch(request);
    return parseObject(
      await this.#transport.send(patchRequest(request, request.patch, as, { dryRun: 'All' })),
    );
  }

  async send(
    request: WriteRequest,
    resourceVersion: string | undefined,
    permit: WritePermit,
  ): Promise<KubeObject | undefined> {
    requirePatch(request);
    if (resourceVersion === undefined || !isResourceVersion(resourceVersion)) {
      throw new OpsError('invalid_input', 'a write needs the resourceVersion that was read', {
        details: { resourceVersion },
      });
    }
    const patch = [preconditionOf(resourceVersion), ...request.patch];
    const sent = { ...patchRequest(request, patch, permit.identity, {}), correlation: permit.planId };
    return parseObject(await this.#transport.send(sent, permit));
  }
}

function requirePatch(request: WriteRequest): asserts request is PatchRequest {
  if (request.verb === 'patch') return;
  throw new OpsError('invalid_input', 'only patches are sent', { details: { verb: request.verb } });
}

function patchRequest(
  request: PatchRequest,
  patch: readonly JsonPatchOperation[],
  as: KubernetesIdentity,
  query: Readonly<Record<string, string>>,
): ApiRequest {
  const path = objectPath(request.target);
  return {
    method: 'PATCH',
    path: request.subresource === undefined ? path : `${path}/${request.subresource}`,
    query: { ...query, fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' },
    contentType: JSON_PATCH,
    body: JSON.stringify(patch),
    as,
  };
}
