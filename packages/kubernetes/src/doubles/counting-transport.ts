import type { ApiRequest, ApiStream, ApiTransport } from '../transport/api-request.ts';

/**
 * A transport that knows how many of its requests wait for their answer. A test that moves a fake clock waits for
 * none first: then no machine is too slow for it.
 */
export class CountingTransport implements ApiTransport {
  readonly #inner: ApiTransport;
  #pending = 0;

  constructor(inner: ApiTransport) {
    this.#inner = inner;
  }

  /** Requests without an answer yet; an open watch has had its answer. */
  get pending(): number {
    return this.#pending;
  }

  send(request: ApiRequest): Promise<string> {
    return this.#count(this.#inner.send(request));
  }

  open(request: ApiRequest): Promise<ApiStream> {
    return this.#count(this.#inner.open(request));
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  async #count<Result>(answer: Promise<Result>): Promise<Result> {
    this.#pending += 1;
    try {
      return await answer;
    } finally {
      this.#pending -= 1;
    }
  }
}
