import type { Clock } from '@jamie/core';
import { PostBucket } from './post-bucket.ts';

/** Calls a minute, of one method in one workspace: docs.slack.dev/apis/web-api/rate-limits. */
const CALLS_PER_MINUTE = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;
type Tier = keyof typeof CALLS_PER_MINUTE;

const MINUTE_MS = 60_000;
/** Posts in a whole workspace, "several hundred a minute". */
const POSTS_PER_MINUTE = 300;

/** The tier of every method that has one. chat.postMessage has its own rule; sockets are opened at will. */
const TIERS: Readonly<Record<string, Tier>> = {
  'agents.sessions.rename': 3,
  'agents.sessions.setStatus': 3,
  'apps.uninstall': 1,
  'assistant.threads.setStatus': 4,
  'assistant.threads.setSuggestedPrompts': 4,
  'assistant.threads.setTitle': 4,
  'auth.revoke': 3,
  'auth.test': 4,
  'blocks.validate': 3,
  'bots.info': 3,
  'chat.appendStream': 4,
  'chat.delete': 3,
  'chat.getPermalink': 4,
  'chat.postEphemeral': 4,
  'chat.scheduleMessage': 3,
  'chat.startStream': 2,
  'chat.stopStream': 2,
  'chat.update': 3,
  'conversations.history': 3,
  'conversations.info': 3,
  'conversations.join': 3,
  'conversations.list': 2,
  'conversations.members': 4,
  'conversations.open': 3,
  'conversations.replies': 3,
  'files.completeUploadExternal': 4,
  'files.getUploadURLExternal': 4,
  'files.info': 4,
  'oauth.v2.access': 4,
  'reactions.add': 3,
  'reactions.get': 3,
  'reactions.remove': 2,
  'team.info': 3,
  'users.info': 4,
  'users.list': 2,
  'users.lookupByEmail': 3,
  'views.open': 4,
  'views.publish': 4,
  'views.push': 4,
  'views.update': 4,
};

/** One call as the limits see it. */
export interface MeteredCall {
  readonly method: string;
  readonly teamId: string;
  readonly channel: string | undefined;
}

/** Counts calls against Slack's limits. */
export class TierMeter {
  readonly #clock: Clock;
  readonly #posts: PostBucket;
  readonly #calls = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#posts = new PostBucket(clock);
  }

  /** Counts a call. Answers with the whole seconds to wait when it is one too many, which then does not count. */
  meter(call: MeteredCall): number | undefined {
    if (call.method === 'chat.postMessage') return this.#meterPost(call);
    const tier = TIERS[call.method];
    return tier === undefined ? undefined : this.#meterMinute(call, CALLS_PER_MINUTE[tier]);
  }

  #meterPost(call: MeteredCall): number | undefined {
    const waitMs = this.#posts.take(`${call.teamId}:${call.channel ?? ''}`);
    return waitMs === 0 ? this.#meterMinute(call, POSTS_PER_MINUTE) : Math.ceil(waitMs / 1_000);
  }

  #meterMinute({ method, teamId }: MeteredCall, maximum: number): number | undefined {
    const now = this.#clock.now();
    const key = `${teamId}:${method}`;
    const recent = (this.#calls.get(key) ?? []).filter((at) => now - at < MINUTE_MS);
    this.#calls.set(key, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= maximum)
      return Math.ceil((oldest + MINUTE_MS - now) / 1_000);
    recent.push(now);
    return undefined;
  }
}

/** Whether Slack limits a method at all. */
export function hasTier(method: string): boolean {
  return Object.hasOwn(TIERS, method) || method === 'chat.postMessage';
}
