import type { Logger } from '@jamie/core';
import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';

export interface SlackClientOptions {
  readonly token: string;
  /** Default: https://slack.com/api/ */
  readonly slackApiUrl?: string;
  /** One call's time in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  readonly logger: Logger;
}

/**
 * Settings for every client of ours: one attempt, a short timeout, 429 as an error. The SDK's own habit of trying
 * for half an hour would hide every outage from the people who wait; who calls decides what to try again.
 */
export function slackClientOptions(options: Omit<SlackClientOptions, 'token'>): WebClientOptions {
  return {
    ...(options.slackApiUrl === undefined ? {} : { slackApiUrl: options.slackApiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: options.timeoutMs ?? 10_000,
    allowAbsoluteUrls: false,
    logger: createSdkLogger(options.logger),
  };
}

export function createSlackClient(options: SlackClientOptions): WebClient {
  return new WebClient(options.token, slackClientOptions(options));
}

/** The SDK's logger over ours. Debug and info are dropped: they hold whole payloads. */
export function createSdkLogger(logger: Logger): NonNullable<WebClientOptions['logger']> {
  const write =
    (level: 'warn' | 'error') =>
    (...parts: readonly unknown[]) =>
      logger[level]('slack sdk reports', { text: parts.map(String).join(' ') });
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
