import { type Clock, type Logger, OpsError, toOpsError } from '@jamie/core';
import { SocketModeClient } from '@slack/socket-mode';
import { createSdkLogger, slackClientOptions } from '../slack-client.ts';
import { slackErrorWord, translateSlackError } from '../slack-error.ts';
import type { SlackPayload } from './delivery-keys.ts';
import type { ReceiverEvents } from './receiver.ts';
import { classifyFrame } from './socket-frame.ts';
import { takeDelivery } from './take-delivery.ts';

export interface SocketSessionOptions extends Pick<ReceiverEvents, 'answer' | 'store'> {
  readonly appToken: string;
  readonly slackApiUrl?: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** From the first call to Slack's hello. */
  readonly startTimeoutMs: number;
  /** How long a peer may leave our pings unanswered. */
  readonly pingTimeoutMs: number;
  onTrouble(error: OpsError): void;
  /** Slack announces that it will close this connection. */
  onLeaving(reason: string): void;
  /** The connection is gone. Called once, and not after close. */
  onEnded(): void;
}

/** One connection to Slack, from its opening to its end. */
export interface SocketSession {
  open(): Promise<void>;
  /** Resolves when Slack has agreed, or after a second without its answer. Never fails. */
  close(): Promise<void>;
}

const CLOSE_TIMEOUT_MS = 1_000;

/**
 * One Socket Mode connection over Slack's client. The client's own reconnecting stays off: it leaves five seconds
 * without a socket and ends the process when Slack refuses the token meanwhile. Frames that the client would
 * fail on are kept from it.
 */
export function createSocketSession(options: SocketSessionOptions): SocketSession {
  const client = new SocketModeClient({
    appToken: options.appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: options.pingTimeoutMs,
    logger: createSdkLogger(options.logger),
    clientOptions: slackClientOptions(options),
  });
  let isOpen = false;
  let isClosed = false;

  guardFrames(client, options);
  client.on('slack_event', (envelope: Envelope) => {
    void acknowledgeOnceStored(envelope, options);
  });
  client.on('authenticated', () => {
    // A start that was given up goes on inside the client, which would open a connection that nobody knows.
    if (isClosed) throw new OpsError('cancelled', 'the socket was closed before it was opened');
  });
  client.on('disconnected', () => {
    if (isOpen && !isClosed) options.onEnded();
    isOpen = false;
  });

  async function close(): Promise<void> {
    isClosed = true;
    const patience = new AbortController();
    const tooLong = options.clock.sleep(CLOSE_TIMEOUT_MS, patience.signal).catch(() => undefined);
    await Promise.race([client.disconnect(), tooLong]);
    patience.abort();
  }

  return {
    close,
    async open() {
      try {
        await withinTime(client.start(), options);
        isOpen = true;
      } catch (error) {
        void close();
        throw explainStart(error);
      }
    },
  };
}

interface Envelope {
  readonly body: SlackPayload;
  ack(response?: SlackPayload): Promise<void>;
}

async function acknowledgeOnceStored(envelope: Envelope, options: SocketSessionOptions): Promise<void> {
  try {
    await envelope.ack(await takeDelivery(envelope.body, options));
  } catch (error) {
    options.onTrouble(toOpsError(error));
  }
}

function guardFrames(client: SocketModeClient, options: SocketSessionOptions): void {
  const inner = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    const frame = classifyFrame(data);
    if (frame.kind === 'sound') for (const listener of inner) listener(data, isBinary);
    else if (frame.kind === 'disconnect') options.onLeaving(frame.reason);
    else options.logger.warn('slack sent a frame that is not an envelope');
  });
}

async function withinTime(start: Promise<unknown>, options: SocketSessionOptions): Promise<void> {
  const abort = new AbortController();
  const timeout = options.clock.sleep(options.startTimeoutMs, abort.signal).then(
    () => {
      throw new OpsError('timeout', 'slack did not open a socket in time', {
        userMessage: 'Slack did not open a Socket Mode connection in time. It is tried again.',
      });
    },
    () => new Promise<never>(() => undefined),
  );
  try {
    await Promise.race([start, timeout]);
  } finally {
    abort.abort();
  }
}

const TOKEN_REFUSED: ReadonlySet<string> = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'user_removed_from_team',
  'team_disabled',
  'not_allowed_token_type',
]);

function explainStart(error: unknown): OpsError {
  const word = slackErrorWord(error);
  if (word !== undefined && TOKEN_REFUSED.has(word)) {
    return new OpsError('forbidden', 'slack refuses the app token', {
      userMessage:
        'Slack refuses the app-level token. Set SLACK_APP_TOKEN to a token (xapp-…) with the scope connections:write.',
      details: { slackError: word },
      cause: error,
    });
  }
  if (error === undefined) return new OpsError('unavailable', 'slack closed the socket before it was ready');
  return translateSlackError(error, 'apps.connections.open');
}
