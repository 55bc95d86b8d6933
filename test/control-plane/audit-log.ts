import { closeSync, openSync, readSync } from 'node:fs';

/** One answered request, as the API server itself recorded it. */
export interface AuditedRequest {
  /** Who was authenticated. */
  readonly user: string;
  /** Whom they acted for, when they impersonated somebody. */
  readonly impersonatedUser?: string;
  readonly impersonatedGroups: readonly string[];
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** HTTP status of the answer. */
  readonly code: number;
  readonly isDryRun: boolean;
  readonly uri: string;
  readonly userAgent: string;
  /** The body of a write. */
  readonly body?: unknown;
  /** ISO 8601, microseconds, when the request arrived. */
  readonly receivedAt: string;
}

interface AuditEvent {
  readonly user: { readonly username: string };
  readonly impersonatedUser?: { readonly username: string; readonly groups?: readonly string[] };
  readonly verb: string;
  readonly requestURI: string;
  readonly userAgent?: string;
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  readonly requestObject?: unknown;
  readonly requestReceivedTimestamp: string;
}

/** More than the longest line: bodies of requests are among them, and none of a test comes near a megabyte. */
const CHUNK_BYTES = 8 * 1024 * 1024;

const WRITE_VERBS: ReadonlySet<string> = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);
const REVIEWS: ReadonlySet<string> = new Set([
  'subjectaccessreviews',
  'selfsubjectaccessreviews',
  'selfsubjectreviews',
]);

/** Reads what the audit log of an API server has gained, each time that it is asked. */
export class AuditLogReader {
  readonly #path: string;
  readonly #requests: AuditedRequest[] = [];
  #readBytes = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Every request so far; a last line that is still being written is left out. */
  read(): readonly AuditedRequest[] {
    const file = openSync(this.#path, 'r');
    try {
      for (let chunk = this.#next(file); chunk.length > 0; chunk = this.#next(file)) {
        this.#readBytes += chunk.length;
        const lines = chunk.toString('utf8').split('\n');
        for (const line of lines) {
          if (line !== '') this.#requests.push(toAuditedRequest(JSON.parse(line) as AuditEvent));
        }
      }
    } finally {
      closeSync(file);
    }
    return this.#requests.slice();
  }

  /** Whole lines, as many as fit; none when there is no whole one. */
  #next(file: number): Buffer {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    const length = readSync(file, buffer, 0, CHUNK_BYTES, this.#readBytes);
    if (length === 0) return buffer.subarray(0, 0);
    return buffer.subarray(0, buffer.lastIndexOf(10, length - 1) + 1);
  }
}

/** Did this request change the cluster? Dry runs, refusals and access reviews did not. */
export function isEffect(entry: AuditedRequest): boolean {
  return WRITE_VERBS.has(entry.verb) && !entry.isDryRun && entry.code < 300 && !REVIEWS.has(entry.resource);
}

function toAuditedRequest(event: AuditEvent): AuditedRequest {
  const { resource = '', subresource, namespace, name } = event.objectRef ?? {};
  return {
    user: event.user.username,
    ...(event.impersonatedUser && { impersonatedUser: event.impersonatedUser.username }),
    impersonatedGroups: event.impersonatedUser?.groups ?? [],
    verb: event.verb,
    resource,
    ...(subresource !== undefined && { subresource }),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    code: event.responseStatus?.code ?? 0,
    isDryRun: isDryRun(event),
    uri: event.requestURI,
    userAgent: event.userAgent ?? '',
    ...(event.requestObject !== undefined && { body: event.requestObject }),
    receivedAt: event.requestReceivedTimestamp,
  };
}

/** A delete says it in its body, everything else in its address. */
function isDryRun({ requestURI, requestObject }: AuditEvent): boolean {
  if (new URL(requestURI, 'https://localhost').searchParams.get('dryRun') === 'All') return true;
  const asked = (requestObject as { readonly dryRun?: unknown } | null | undefined)?.dryRun;
  return Array.isArray(asked) && asked.includes('All');
}
