import type { Clock } from '@jamie/core';
import type { MongodbMode, ServerState } from './command-context.ts';
import { DocumentStorage } from './document-storage.ts';
import { OpenCursors } from './open-cursors.ts';
import { ServerSessions } from './server-sessions.ts';
import { TtlMonitor } from './ttl-monitor.ts';
import { documentBytes } from './wire-message.ts';

/** What one server knows from its start to the loss of its data. */
export interface ServerMemory {
  readonly state: ServerState;
  readonly ttl: TtlMonitor;
  /** No longer primary, until somebody says hello. */
  isSteppedDown: boolean;
}

export interface ServerSettings {
  readonly mode: MongodbMode;
  readonly clock: Clock;
  /** The server's transactionLifetimeLimitSeconds, in milliseconds. */
  readonly transactionLifetimeMs: number;
}

export function createServerMemory(
  { mode, clock, transactionLifetimeMs }: ServerSettings,
  address: () => string,
): ServerMemory {
  const storage = new DocumentStorage();
  return {
    state: {
      mode,
      clock,
      storage,
      sessions: new ServerSessions(storage, transactionLifetimeMs),
      cursors: new OpenCursors(documentBytes),
      address,
    },
    ttl: new TtlMonitor(storage, clock.now()),
    isSteppedDown: false,
  };
}
