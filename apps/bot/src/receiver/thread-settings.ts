import type { SlackConfig } from '@jamie/runtime';
import type { ThreadStorageSettings } from './open-thread-storage.ts';
import type { ReceiverThreadSettings } from './thread-messages.ts';

export interface ThreadSettingsOptions extends ThreadStorageSettings {
  readonly slack: Exclude<SlackConfig, { mode: 'off' }>;
  /** Where it listens, if it listens at all. Default 127.0.0.1. */
  readonly httpHost?: string;
  readonly reconnectDelaysMs?: readonly number[];
}

/** What the receiver thread needs of the bot's options. Pure. */
export function threadSettingsOf(options: ThreadSettingsOptions): ReceiverThreadSettings {
  const { slack, mongodb, dataDirectory, httpHost, reconnectDelaysMs } = options;
  const host = httpHost === undefined ? {} : { host: httpHost };
  const url = slack.apiUrl === undefined ? {} : { slackApiUrl: slack.apiUrl };
  const { access, port } = slack;
  return {
    ...(mongodb === undefined ? {} : { mongodb }),
    dataDirectory,
    transport:
      slack.mode === 'http'
        ? { mode: 'http', signingSecret: slack.signingSecret, port, ...host }
        : { mode: 'socket', appToken: slack.appToken, ...url },
    ...(access.kind === 'oauth' ? { installs: { ...access, port, ...host, ...url } } : {}),
    ...(reconnectDelaysMs === undefined ? {} : { reconnectDelaysMs }),
  };
}
