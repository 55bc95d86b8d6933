/** One request, as the API server's audit log tells it. Times are milliseconds since 1970. */
export interface AuditedRequest {
  readonly at: number;
  readonly user: string;
  readonly impersonatedUser?: string;
  readonly verb: string;
  readonly path: string;
  /** The query without its leading `?`. */
  readonly query: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly isDryRun: boolean;
  readonly userAgent: string;
  readonly code: number;
}

const MOST_ENTRIES = 20_000;

/** The most recent requests, oldest first. */
export class AuditLog {
  #entries: AuditedRequest[] = [];

  record(entry: AuditedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > MOST_ENTRIES) this.#entries = this.#entries.slice(-MOST_ENTRIES / 2);
  }

  entries(): readonly AuditedRequest[] {
    return [...this.#entries];
  }

  clear(): void {
    this.#entries = [];
  }
}
