/** What goes wrong with the next calls of one Web API method. */
export type ApiFault =
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'http_status'; readonly status: number }
  /** The call has its effect, and then the connection is cut before the answer. */
  | { readonly kind: 'lost_response' }
  | { readonly kind: 'slow'; readonly delayMs: number };

/** Faults that tests have ordered. */
export class ApiFaults {
  readonly #queues = new Map<string, ApiFault[]>();

  order(method: string, fault: ApiFault, times: number): void {
    const queue = this.#queues.get(method) ?? [];
    for (let count = 0; count < times; count += 1) queue.push(fault);
    this.#queues.set(method, queue);
  }

  take(method: string): ApiFault | undefined {
    return this.#queues.get(method)?.shift();
  }
}
