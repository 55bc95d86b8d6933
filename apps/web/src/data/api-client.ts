import type {
  BallotResult,
  CheckResult,
  ClusterInfo,
  PlanId,
  Reply,
  ShownMessage,
  Submitted,
} from '@jamie/core';
import { parseServerJson } from './parse-server-json.ts';

/**
 * What came of a call. `signed_out`: the cookie is missing or no longer valid. `unreachable`: nobody answered, so
 * nobody knows whether it arrived. `rejected`: the server said no, and the message says why.
 */
export type ApiResult<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'unreachable'; readonly message: string }
  | { readonly kind: 'rejected'; readonly message: string };

/** A request as the page hands it in. The same key is the same request, however often it is sent. */
export interface PageSubmission {
  readonly text: string;
  readonly form: 'command' | 'sentence';
  readonly conversationKey: string;
  readonly idempotencyKey: string;
  /** What the command apply is about. */
  readonly manifest?: string;
}

export interface PageBallot {
  readonly decision: 'approve' | 'deny';
  readonly planHash: string;
  readonly reason?: string;
}

/** What the page shows of GET /v1/status. */
export interface ServerStatus {
  /** Things to ask with names that exist on the connected clusters; empty when the server offers none. */
  readonly examples: readonly string[];
  /** Why every new change is stopped; undefined while changes may start. */
  readonly freezeReason: string | undefined;
}

/** The calls of the page. Nothing here throws: every outcome is a value. */
export interface ApiClient {
  submit(submission: PageSubmission): Promise<ApiResult<Submitted>>;
  /** Oldest first; empty for a conversation that nobody has started. */
  readTranscript(conversationKey: string): Promise<ApiResult<readonly ShownMessage[]>>;
  vote(planId: PlanId, ballot: PageBallot): Promise<ApiResult<BallotResult>>;
  listClusters(): Promise<ApiResult<readonly ClusterInfo[]>>;
  listChecks(): Promise<ApiResult<readonly CheckResult[]>>;
  readStatus(): Promise<ApiResult<ServerStatus>>;
  /** The cases of self-healing, as one answer. */
  readHealing(): Promise<ApiResult<Reply>>;
}

/** Long enough for `doctor`, which waits for connections that may be dead. */
const CALL_TIMEOUT_MS = 20_000;
const NO_ANSWER = 'No answer from the server. Is “jamie start” still running?';

type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** Speaks to the origin that served the page, with its cookie. */
export function createApiClient(fetchFromOrigin: Fetch): ApiClient {
  async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    try {
      const response = await fetchFromOrigin(path, {
        method,
        credentials: 'same-origin',
        signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      return { status: response.status, body: parseServerJson(await response.text()) };
    } catch (cause) {
      return { status: undefined, body: cause };
    }
  }
  return {
    async submit(submission) {
      return toResult(await call('POST', '/v1/requests', submission), (body) => body as Submitted);
    },
    async readTranscript(conversationKey) {
      const answer = await call('GET', `/v1/conversations/${encodeURIComponent(conversationKey)}`);
      if (answer.status === 404) return { kind: 'ok', value: [] };
      return toResult(answer, (body) => listIn<ShownMessage>(body, 'messages'));
    },
    async vote(planId, ballot) {
      const answer = await call('POST', `/v1/plans/${encodeURIComponent(planId)}/votes`, ballot);
      // A refused vote is an expected outcome with a message of its own, not a failed call.
      if (answer.status === 409)
        return { kind: 'ok', value: { kind: 'refused', message: messageIn(answer) } };
      return toResult(answer, (body) => body as BallotResult);
    },
    async listClusters() {
      return toResult(await call('GET', '/v1/clusters'), (body) => listIn<ClusterInfo>(body, 'clusters'));
    },
    async listChecks() {
      return toResult(await call('GET', '/v1/doctor'), (body) => listIn<CheckResult>(body, 'checks'));
    },
    async readStatus() {
      return toResult(await call('GET', '/v1/status'), toStatus);
    },
    async readHealing() {
      return toResult(await call('GET', '/v1/healing'), (body) => body as Reply);
    },
  };
}

interface Answer {
  /** Undefined: nobody answered. */
  readonly status: number | undefined;
  readonly body: unknown;
}

function toResult<Value>(answer: Answer, read: (body: unknown) => Value): ApiResult<Value> {
  const { status } = answer;
  if (status === undefined) return { kind: 'unreachable', message: NO_ANSWER };
  if (status === 401) return { kind: 'signed_out' };
  // Behind a proxy these say that nobody was there, not that somebody refused.
  if (status === 502 || status === 503 || status === 504)
    return { kind: 'unreachable', message: messageIn(answer) };
  if (status >= 400) return { kind: 'rejected', message: messageIn(answer) };
  return { kind: 'ok', value: read(answer.body) };
}

/** The server wraps some lists in an object and answers others bare; both are read. */
function listIn<Item>(body: unknown, field: string): readonly Item[] {
  const list = Array.isArray(body) ? body : (body as Record<string, unknown> | undefined)?.[field];
  return Array.isArray(list) ? (list as Item[]) : [];
}

function toStatus(body: unknown): ServerStatus {
  const freeze = (body as { freeze?: { frozen?: unknown; reason?: unknown } } | undefined)?.freeze;
  return {
    examples: listIn<unknown>(body, 'examples').filter((example) => typeof example === 'string'),
    freezeReason: freeze?.frozen === true ? String(freeze.reason) : undefined,
  };
}

function messageIn({ status, body }: Answer): string {
  const outer = body as { message?: unknown; error?: { message?: unknown } | string | undefined } | undefined;
  const inner = typeof outer?.error === 'object' ? outer.error?.message : outer?.error;
  for (const message of [outer?.message, inner]) {
    if (typeof message === 'string' && message !== '') return withReference(message, outer?.error);
  }
  return `The server answered ${status} without a reason. Its log has the details.`;
}

function withReference(message: string, error: unknown): string {
  const referenceId = (error as { referenceId?: unknown } | undefined)?.referenceId;
  return typeof referenceId === 'string' ? `${message} (Reference ${referenceId})` : message;
}
