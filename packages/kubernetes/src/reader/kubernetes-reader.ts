import {
  type AccessAnswer,
  type AccessQuery,
  type ClusterReader,
  isOpsError,
  type Kind,
  type KubeObject,
  type KubernetesIdentity,
  type ListQuery,
  type LogQuery,
  type ObjectRef,
  OpsError,
  type UsageSample,
} from '@jamie/core';
import type { GuardedTransport } from '../guard/guarded-transport.ts';
import { isGone } from '../transport/api-error.ts';
import type { ApiRequest } from '../transport/api-request.ts';
import { impersonationHeaders } from '../transport/impersonation.ts';
import { ACCESS_REVIEW_PATH, accessReviewOf, parseAccessReview } from './access-review.ts';
import { cutLog, logPath, logQueryOf } from './log-request.ts';
import { type ObjectPage, parseJson, parseObject, parsePage } from './parse-object.ts';
import { readUsage } from './read-usage.ts';
import { collectionPath, objectPath } from './resource-path.ts';

/** Objects per page: what kubectl and client-go ask for. */
export const PAGE_SIZE = 500;
const LIST_RESTARTS = 3;

/** Reads one cluster over the guarded transport. */
export class KubernetesReader implements ClusterReader {
  readonly #transport: GuardedTransport;

  constructor(transport: GuardedTransport) {
    this.#transport = transport;
  }

  async get(ref: ObjectRef, as?: KubernetesIdentity): Promise<KubeObject> {
    return parseObject(await this.#read(objectPath(ref), {}, as));
  }

  async find(ref: ObjectRef, as?: KubernetesIdentity): Promise<KubeObject | undefined> {
    try {
      return await this.get(ref, as);
    } catch (error) {
      if (isOpsError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  async list(kind: Kind, query: ListQuery = {}, as?: KubernetesIdentity): Promise<readonly KubeObject[]> {
    for (let restarts = 0; ; restarts += 1) {
      try {
        return await this.#listOnce(kind, query, as);
      } catch (error) {
        // The continue token outlived the API server's history: only a new list is consistent.
        if (!isGone(error) || restarts >= LIST_RESTARTS) throw error;
      }
    }
  }

  async readLog(query: LogQuery, as?: KubernetesIdentity): Promise<string> {
    return cutLog(await this.#read(logPath(query), logQueryOf(query), as), query.limitBytes);
  }

  readUsage(
    of: 'pods' | 'nodes',
    namespace?: string,
    as?: KubernetesIdentity,
  ): Promise<readonly UsageSample[]> {
    return readUsage(this.#transport, of, namespace, as);
  }

  async reviewAccess(identity: KubernetesIdentity, query: AccessQuery): Promise<AccessAnswer> {
    // The review itself runs as us; an identity that could never act must not be asked about either.
    impersonationHeaders(identity);
    // Only for its checks: what cannot be addressed cannot be judged either. An empty name means all of the kind.
    if (query.target.name === '') collectionPath(query.target.kind, query.target.namespace);
    else objectPath(query.target);
    const answer = await this.#transport.send({
      method: 'POST',
      path: ACCESS_REVIEW_PATH,
      contentType: 'application/json',
      body: accessReviewOf(identity, query),
    });
    return parseAccessReview(answer);
  }

  async version(): Promise<string> {
    const { gitVersion } = parseJson(await this.#read('/version', {}, undefined)) as { gitVersion?: unknown };
    if (typeof gitVersion === 'string') return gitVersion;
    throw new OpsError('unavailable', 'the server does not say which Kubernetes it is', {
      userMessage: 'The server answered, but not like a Kubernetes API server. Check the address.',
    });
  }

  async #listOnce(
    kind: Kind,
    query: ListQuery,
    as: KubernetesIdentity | undefined,
  ): Promise<readonly KubeObject[]> {
    const objects: KubeObject[] = [];
    let page: ObjectPage | undefined;
    do {
      page = parsePage(
        await this.#read(collectionPath(kind, query.namespace), pageQuery(query, page), as),
        kind,
      );
      for (const item of page.items) objects.push(item);
    } while (page.continueToken !== '');
    return objects;
  }

  #read(path: string, query: Record<string, string>, as: KubernetesIdentity | undefined): Promise<string> {
    const request: ApiRequest = { method: 'GET', path, query, ...(as === undefined ? {} : { as }) };
    return this.#transport.send(request);
  }
}

function pageQuery(query: ListQuery, previous: ObjectPage | undefined): Record<string, string> {
  return {
    limit: String(PAGE_SIZE),
    ...(query.labelSelector === undefined ? {} : { labelSelector: query.labelSelector }),
    ...(query.fieldSelector === undefined ? {} : { fieldSelector: query.fieldSelector }),
    ...(previous === undefined ? {} : { continue: previous.continueToken }),
  };
}
