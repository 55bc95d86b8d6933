import {
  type CheckResult,
  type ClusterInfo,
  isOpsError,
  OPS_ERROR_CODES,
  OpsError,
  type OpsErrorCode,
  type PlanCard,
  type PlanId,
  type RequestId,
  type ShownMessage,
  type Submitted,
} from '@jamie/core';
import { type ClientConfig, readApiAddress } from '@jamie/runtime';

/** Where the API is and what opens it. */
export interface ApiEndpoint {
  readonly url: string;
  readonly token: string;
}

/** A cluster to add, as the API takes it. */
export interface ClusterToAdd {
  readonly name: string;
  readonly kubeconfig: string;
  readonly environment: string;
  readonly kubeContext?: string;
  readonly apiServer?: string;
}

const NOT_RUNNING = 'not_running';

const CALL_TIMEOUT_MS = 30_000;
const EXPORT_TIMEOUT_MS = 60 * 60_000;
const START_HINT = 'Start it with "jamie start" (or "npm start") in another terminal, then try again.';

/** Finds the API: JAMIE_URL and JAMIE_TOKEN first, else what the running process left in the data directory. */
export async function findApi(config: ClientConfig): Promise<ApiEndpoint> {
  if (config.url !== undefined) {
    if (config.token !== undefined) return { url: config.url, token: config.token };
    throw new OpsError('config_invalid', 'token missing', {
      userMessage: 'JAMIE_URL is set without JAMIE_TOKEN. Set JAMIE_TOKEN to the token of that API.',
    });
  }
  const address = await readApiAddress(config.dataDir);
  if (address === undefined) throw notRunning(`Jamie is not running here. ${START_HINT}`);
  return { url: address.url, token: config.token ?? address.token };
}

/**
 * Speaks to the running API. Every failure is an OpsError: what the API answered, or unavailable with the reason
 * `not_running` when nobody listens, or timeout.
 */
export class ApiClient {
  readonly #endpoint: ApiEndpoint;

  constructor(endpoint: ApiEndpoint) {
    this.#endpoint = endpoint;
  }

  async submit(submission: {
    readonly text: string;
    readonly form: 'command' | 'sentence';
    readonly conversationKey: string;
    readonly idempotencyKey: string;
    readonly manifest?: string;
  }): Promise<Submitted> {
    return (await this.#call('POST', '/v1/requests', submission)) as Submitted;
  }

  async readRequest(requestId: RequestId): Promise<readonly ShownMessage[]> {
    const path = `/v1/requests/${encodeURIComponent(requestId)}`;
    return ((await this.#call('GET', path)) as { messages: readonly ShownMessage[] }).messages;
  }

  async readPlan(planId: PlanId): Promise<PlanCard> {
    return (await this.#call('GET', `/v1/plans/${encodeURIComponent(planId)}`)) as PlanCard;
  }

  async listChecks(): Promise<readonly CheckResult[]> {
    return ((await this.#call('GET', '/v1/doctor')) as { checks: readonly CheckResult[] }).checks;
  }

  async listClusters(): Promise<readonly ClusterInfo[]> {
    return ((await this.#call('GET', '/v1/clusters')) as { clusters: readonly ClusterInfo[] }).clusters;
  }

  async addCluster(cluster: ClusterToAdd): Promise<ClusterInfo> {
    return (await this.#call('POST', '/v1/clusters', cluster)) as ClusterInfo;
  }

  async removeCluster(name: string): Promise<void> {
    await this.#call('DELETE', `/v1/clusters/${encodeURIComponent(name)}`);
  }

  /** The audit as text that comes in pieces. Throws unavailable when it breaks off before its end. */
  async exportAudit(range: {
    readonly since?: number;
    readonly until?: number;
  }): Promise<AsyncIterable<string>> {
    const response = await this.#send('POST', '/v1/audit/exports', range, EXPORT_TIMEOUT_MS);
    if (response.ok && response.body !== null) return readPieces(response.body);
    throw toError(response.status, parseJson(await response.text()));
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await this.#send(method, path, body);
    const text = await response.text();
    const answer = parseJson(text);
    if (response.ok) return answer;
    throw toError(response.status, answer);
  }

  async #send(method: string, path: string, body: unknown, timeoutMs = CALL_TIMEOUT_MS): Promise<Response> {
    const { url, token } = this.#endpoint;
    try {
      return await fetch(`${url}${path}`, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      if (isTimeout(error)) {
        throw new OpsError('timeout', 'API did not answer', {
          userMessage: `${url} did not answer within ${timeoutMs / 1000} s.`,
          cause: error,
        });
      }
      throw notRunning(`Nobody answers at ${url}. ${START_HINT}`, error);
    }
  }
}

/** Whether this says that nobody listens, or that no address is known. */
export function isNotRunning(error: unknown): boolean {
  return isOpsError(error, 'unavailable') && error.details['reason'] === NOT_RUNNING;
}

async function* readPieces(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, void> {
  try {
    yield* body.pipeThrough(new TextDecoderStream());
  } catch (error) {
    throw new OpsError('unavailable', 'the export broke off', {
      userMessage: 'The export broke off before its end: see the log of Jamie, and try again.',
      cause: error,
    });
  }
}

function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';
}

function notRunning(userMessage: string, cause?: unknown): OpsError {
  return new OpsError('unavailable', 'API is not running', {
    userMessage,
    details: { reason: NOT_RUNNING },
    cause,
  });
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toError(status: number, answer: unknown): OpsError {
  const error = (answer as { error?: Record<string, unknown> } | undefined)?.error;
  const code = OPS_ERROR_CODES.find((known) => known === error?.['code']);
  if (status === 401) {
    return new OpsError('forbidden', 'token refused', {
      userMessage: 'The token was refused. Unset JAMIE_TOKEN, or set it to the token of the running API.',
    });
  }
  const fallback: OpsErrorCode = status >= 500 ? 'unavailable' : 'invalid_input';
  return new OpsError(code ?? fallback, 'API refused', {
    userMessage:
      typeof error?.['message'] === 'string' ? error['message'] : `The API answered with status ${status}.`,
    details: { referenceId: error?.['referenceId'] },
  });
}
