import type { Clock } from '@jamie/core';

/** The line under a thread while the app works. */
export interface EmulatedStatus {
  readonly text: string;
  readonly loadingMessages: readonly string[];
  readonly setAt: number;
}

/** How far an agent's work in a thread is. */
export interface EmulatedSession {
  readonly status: SessionStatus;
  readonly title?: string;
}

export const SESSION_STATUSES = ['processing', 'active', 'suspended', 'closed'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** What a person can choose to ask, above an empty thread. */
export interface EmulatedPrompts {
  readonly title?: string;
  readonly prompts: readonly { readonly title: string; readonly message: string }[];
}

/** Slack takes a status away by itself after two minutes: docs.slack.dev/reference/methods/assistant.threads.setStatus. */
const STATUS_LIFE_MS = 120_000;

/** The status lines of a workspace by `channel:thread`. A line goes with the answer, and by itself after two minutes. */
export class StatusBoard {
  readonly #clock: Clock;
  readonly #lines = new Map<string, EmulatedStatus>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(thread: string): EmulatedStatus | undefined {
    this.#expire();
    return this.#lines.get(thread);
  }

  /** How many threads show a status now. */
  get size(): number {
    this.#expire();
    return this.#lines.size;
  }

  /** Every thread that shows a status now. */
  entries(): readonly (readonly [string, EmulatedStatus])[] {
    this.#expire();
    return [...this.#lines];
  }

  set(thread: string, line: Omit<EmulatedStatus, 'setAt'>): void {
    this.#lines.set(thread, { ...line, setAt: this.#clock.now() });
  }

  delete(thread: string): void {
    this.#lines.delete(thread);
  }

  #expire(): void {
    for (const [thread, line] of this.#lines) {
      if (this.#clock.now() - line.setAt >= STATUS_LIFE_MS) this.#lines.delete(thread);
    }
  }
}

/** What an app shows beside the messages of a workspace: statuses, sessions, titles and prompts, by `channel:thread`. */
export class AgentSurface {
  readonly statuses: StatusBoard;
  readonly sessions = new Map<string, EmulatedSession>();
  readonly titles = new Map<string, string>();
  readonly prompts = new Map<string, EmulatedPrompts>();

  constructor(clock: Clock) {
    this.statuses = new StatusBoard(clock);
  }

  /** A new status of the session in a thread, which begins with it when there was none. */
  setSession(thread: string, status: SessionStatus, title?: string): EmulatedSession {
    const known = this.sessions.get(thread);
    const kept = known === undefined ? title : known.title;
    const session = { status, ...(kept === undefined ? {} : { title: kept }) };
    this.sessions.set(thread, session);
    return session;
  }
}

/** The key of a thread in the maps of a workspace. */
export function threadKey(channelId: string, threadTs: string): string {
  return `${channelId}:${threadTs}`;
}
