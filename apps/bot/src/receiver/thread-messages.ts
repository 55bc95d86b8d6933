import type { LogFields, OpsErrorCode } from '@jamie/core';
import type { SlackOauth } from '@jamie/runtime';
import type { ReceiverHealth, SlackPayload } from '@jamie/slack';
import type { ThreadStorageSettings } from './open-thread-storage.ts';

/** What the pages of an installation need. */
export interface InstallSettings extends SlackOauth {
  readonly slackApiUrl?: string;
  /** Socket Mode: where they are served. HTTP mode serves them beside Slack's requests. */
  readonly port: number;
  readonly host?: string;
}

/** What the receiver thread is given when it starts. Structured-clone safe. */
export interface ReceiverThreadSettings extends ThreadStorageSettings {
  /** Absent: the app serves the one workspace of a bot token. */
  readonly installs?: InstallSettings;
  readonly transport:
    | { readonly mode: 'socket'; readonly appToken: string; readonly slackApiUrl?: string }
    | {
        readonly mode: 'http';
        readonly signingSecret: string;
        readonly port: number;
        readonly host?: string;
      };
  readonly reconnectDelaysMs?: readonly number[];
}

/** An OpsError on its way between threads. */
export interface ThreadFailure {
  readonly code: OpsErrorCode;
  readonly message: string;
  readonly userMessage?: string;
}

/** What the receiver thread tells the main thread. */
export type ThreadMessage =
  | { readonly kind: 'stored' }
  | { readonly kind: 'installed'; readonly teamId: string }
  | { readonly kind: 'health'; readonly health: ReceiverHealth }
  /** The first attempt to connect or listen is over. `port` where it listens. */
  | { readonly kind: 'started'; readonly port?: number; readonly failure?: ThreadFailure }
  /** Somebody types in a select with search; a `suggestions` with the same id is waited for. */
  | { readonly kind: 'suggest'; readonly id: number; readonly payload: SlackPayload }
  | {
      readonly kind: 'log';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly message: string;
      readonly fields: LogFields;
    };

/** What the main thread tells the receiver thread. */
export type ThreadCommand =
  | { readonly kind: 'stop' }
  | { readonly kind: 'suggestions'; readonly id: number; readonly body: SlackPayload };
