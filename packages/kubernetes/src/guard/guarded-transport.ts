import { type Logger, OpsError, type PermitCheck, type WritePermit } from '@jamie/core';
import type { ApiRequest, ApiStream, ApiTransport } from '../transport/api-request.ts';
import { impersonationHeaders } from '../transport/impersonation.ts';
import { decidePermit, type PermitDecision } from './decide-permit.ts';
import { decideRequest } from './decide-request.ts';
import { isOwnRead } from './own-read.ts';
import type { RefusalReason, RequestDecision } from './request-decision.ts';

export interface GuardedTransportOptions {
  readonly cluster: string;
  readonly transport: ApiTransport;
  readonly permits: PermitCheck;
  readonly logger: Logger;
  /** The namespace that we run in, protected like the system's own. */
  readonly ownNamespace?: string;
  /**
   * What may be read without a person. Default `cache`: the fixed list of own-read.ts. `anything` is for tools that
   * work for nobody but whoever started them.
   */
  readonly readsAsItself?: 'cache' | 'anything';
}

export const SYSTEM_NAMESPACES: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];

type GuardRefusal = RefusalReason | Extract<PermitDecision, { kind: 'refused' }>['reason'];

/**
 * The narrow place beneath reader and writer: every request to a cluster passes here and is judged once more
 * from its own bytes. A refusal is `policy_denied`, and nothing is sent.
 */
export class GuardedTransport {
  readonly #options: GuardedTransportOptions;
  readonly #protected: ReadonlySet<string>;

  constructor(options: GuardedTransportOptions) {
    this.#options = options;
    this.#protected = new Set(
      options.ownNamespace === undefined ? SYSTEM_NAMESPACES : [...SYSTEM_NAMESPACES, options.ownNamespace],
    );
  }

  /** Sends a read, a review, a dry run, or with a permit that covers it a write. */
  async send(request: ApiRequest, permit?: WritePermit): Promise<string> {
    const sealed = seal(request);
    this.#admit(sealed, permit);
    return this.#options.transport.send(sealed);
  }

  /** Opens a watch. */
  async open(request: ApiRequest): Promise<ApiStream> {
    const sealed = seal(request);
    const decision = this.#admit(sealed, undefined);
    if (decision.kind !== 'read') throw this.#refuse(sealed, 'method_not_allowed');
    return this.#options.transport.open(sealed);
  }

  close(): Promise<void> {
    return this.#options.transport.close();
  }

  #admit(request: ApiRequest, permit: WritePermit | undefined): RequestDecision {
    if (request.as !== undefined) impersonationHeaders(request.as);
    const decision = decideRequest(request, { protectedNamespaces: this.#protected });
    if (decision.kind === 'refused') throw this.#refuse(request, decision.reason);
    if (decision.kind === 'read' && !this.#mayRead(request)) throw this.#refuse(request, 'identity_missing');
    if (decision.kind !== 'write') return decision;
    const { cluster, permits } = this.#options;
    const allowed = decidePermit({ cluster, write: decision.write, as: decision.as }, permit, permits);
    if (allowed.kind === 'refused') throw this.#refuse(request, allowed.reason);
    return decision;
  }

  /** A read that lost its person on the way would run with the rights of the service. */
  #mayRead(request: ApiRequest): boolean {
    return request.as !== undefined || this.#options.readsAsItself === 'anything' || isOwnRead(request);
  }

  #refuse(request: ApiRequest, reason: GuardRefusal): OpsError {
    const { cluster, logger } = this.#options;
    const fields = { cluster, reason, method: request.method, path: request.path };
    logger.warn('guarded transport refused a request', fields);
    return new OpsError('policy_denied', 'the guarded transport refused the request', {
      userMessage: `Not sent to the cluster: ${EXPLANATIONS[reason] ?? 'requests of this shape are never sent.'}`,
      details: fields,
    });
  }
}

const EXPLANATIONS: Partial<Record<GuardRefusal, string>> = {
  protected_namespace:
    'nothing is changed in system namespaces or in the namespace that this program runs in.',
  permit_missing: 'a change needs an approved plan.',
  permit_does_not_cover: 'the approved plan does not contain this change.',
  permit_for_another_identity: 'the plan was approved for somebody else to act as.',
  identity_missing: 'a change, and a read for a person, is always made as the person who asked for it.',
  body_grants_node_access:
    'it would open a way from the pod into its node: privileged, a host namespace, path or port, or an added capability.',
  precondition_missing: 'a change must name the version of the object that was seen.',
};

/** A copy that nobody else holds: what is judged is what is sent. */
function seal(request: ApiRequest): ApiRequest {
  return Object.freeze({
    ...request,
    ...(request.query === undefined ? {} : { query: Object.freeze({ ...request.query }) }),
    ...(request.as === undefined
      ? {}
      : { as: Object.freeze({ user: request.as.user, groups: Object.freeze([...request.as.groups]) }) }),
  });
}
