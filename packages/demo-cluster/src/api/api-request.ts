import { isJsonObject } from '@jamie/core';
import type { Caller } from './authenticator.ts';
import type { User } from './authorizer.ts';
import type { FollowedLog } from './followed-log.ts';
import type { RequestTarget, ResourceTarget } from './request-target.ts';
import type { Failure, Status } from './status.ts';
import { badRequest, done, invalid, type Outcome, refused } from './status.ts';

/** One authenticated and authorised request, with its body as text. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: string;
  readonly userAgent: string;
  readonly caller: Caller;
  readonly target: RequestTarget;
}

/** A request for a resource that is served. */
export interface ResourceRequest extends ApiRequest {
  readonly target: ResourceTarget & { readonly resource: NonNullable<ResourceTarget['resource']> };
}

/** What goes back. A watch and a followed log stay open; everything else is one body. */
export type Reply =
  | { readonly kind: 'json'; readonly code: number; readonly body: unknown }
  | { readonly kind: 'text'; readonly code: number; readonly body: string }
  | { readonly kind: 'watch'; readonly watch: WatchRequest }
  | { readonly kind: 'follow'; readonly log: FollowedLog };

/** An accepted watch: what it selects and from where. */
export interface WatchRequest {
  readonly plural: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly namespace: string | undefined;
  readonly matches: (object: import('../objects.ts').StoredObject) => boolean;
  /** Absent: begin with the objects that exist now. */
  readonly since: number | undefined;
  readonly withBookmarks: boolean;
  readonly timeoutSeconds: number | undefined;
}

export function replyJson(body: unknown, code = 200): Reply {
  return { kind: 'json', code, body };
}

export function replyStatus(status: Failure | Status): Reply {
  return { kind: 'json', code: status.code ?? 200, body: status };
}

/** The reply for an outcome: its value with this code, or the refusing Status. */
export function replyOutcome(outcome: Outcome<unknown>, code = 200): Reply {
  return outcome.kind === 'done' ? replyJson(outcome.value, code) : replyStatus(outcome.status);
}

/** The identity that the request runs as. */
export function actingUser(caller: Caller): User {
  return caller.impersonated ?? caller.user;
}

/** Whether nothing may be stored. The only accepted value is `All`. */
export function parseDryRun(query: URLSearchParams, optionsKind: string): Outcome<boolean> {
  const values = query.getAll('dryRun').filter((value) => value !== '');
  if (values.length === 0) return done(false);
  if (values.every((value) => value === 'All')) return done(true);
  const message = `Unsupported value: ${JSON.stringify(values)}: supported values: "All"`;
  return refused(
    invalid({ group: 'meta.k8s.io', kind: optionsKind }, '', [
      { reason: 'FieldValueNotSupported', message, field: 'dryRun' },
    ]),
  );
}

/** The field manager: as asked, or the first word of the user agent, as the API server guesses it. */
export function fieldManagerOf(request: ApiRequest): string {
  const asked = request.query.get('fieldManager');
  return asked ?? (request.userAgent.split('/')[0] || 'unknown');
}

/** The body as JSON, or the 400 that says what is wrong with it. */
export function parseBody(request: ApiRequest, kind: string): Outcome<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse(request.body);
    if (isJsonObject(value)) return done(value);
    return refused(unrecognised(kind, request.body, 'not an object'));
  } catch (error) {
    return refused(unrecognised(kind, request.body, error instanceof Error ? error.message : String(error)));
  }
}

function unrecognised(kind: string, body: string, why: string): Failure {
  const start = body.slice(0, 100);
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${why} (${start})`,
  );
}
