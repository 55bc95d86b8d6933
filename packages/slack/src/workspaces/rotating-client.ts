import type { Logger } from '@jamie/core';
import { WebClient } from '@slack/web-api';
import { slackClientOptions } from '../slack-client.ts';
import { slackErrorWord } from '../slack-error.ts';
import { isDeadToken } from './workspace-refusals.ts';

/** Where a client takes its token from, call by call. */
export interface TokenSource {
  current(): string;
  /**
   * Slack answered `word` to `token`. Gives another one to try once; fails with forbidden when there is none, and with
   * timeout, unavailable or rate_limited when it could not be had now.
   */
  replace(token: string, word: string): Promise<string>;
}

export interface RotatingClientOptions {
  readonly tokens: TokenSource;
  readonly slackApiUrl?: string;
  /** One call's time in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  readonly logger: Logger;
}

/** A Web API client whose token may change between two calls, and that answers a dead token with one rotation. */
export function createRotatingClient(options: RotatingClientOptions): WebClient {
  return new RotatingClient(options);
}

class RotatingClient extends WebClient {
  readonly #tokens: TokenSource;

  constructor(options: RotatingClientOptions) {
    super(undefined, slackClientOptions(options));
    this.#tokens = options.tokens;
  }

  override async apiCall(...[method, options]: Parameters<WebClient['apiCall']>) {
    const token = this.#tokens.current();
    try {
      return await super.apiCall(method, { ...options, token });
    } catch (error) {
      const word = slackErrorWord(error);
      if (!isDeadToken(word)) throw error;
      return await super.apiCall(method, { ...options, token: await this.#tokens.replace(token, word) });
    }
  }
}
