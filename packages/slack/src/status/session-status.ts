import { slackErrorWord } from '../slack-error.ts';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';

/** A thread in which somebody talks with us. */
export interface SessionPlace {
  readonly channelId: string;
  readonly threadTs: string;
}

/** How Slack shows a conversation with an agent: at work (with a button that stops it), waiting for a person, or at rest. */
export interface SessionStatus {
  /** Never fails: the status is a sign and no more. A status that the thread has already is not set again. */
  set(
    workspace: SlackWorkspace,
    place: SessionPlace,
    status: 'processing' | 'suspended' | 'active',
  ): Promise<void>;
}

/** Words that say that a workspace will never take it. */
const NEVER_WORKS: ReadonlySet<string> = new Set([
  'not_agent_app',
  'feature_disabled',
  'missing_scope',
  'unknown_method',
  'not_allowed_token_type',
]);
const REMEMBERED_PLACES = 5_000;

export function createSessionStatus(): SessionStatus {
  const without = new Set<string>();
  const known = new Map<string, string>();
  return {
    async set({ teamId, impatientClient }, { channelId, threadTs }, status) {
      const key = `${teamId}:${channelId}:${threadTs}`;
      // A thread of which nothing is known is at rest.
      if (without.has(teamId) || (known.get(key) ?? 'active') === status || threadTs === '') return;
      if (known.size >= REMEMBERED_PLACES) known.clear();
      known.set(key, status);
      try {
        await impatientClient.agents.sessions.setStatus({
          channel_id: channelId,
          thread_ts: threadTs,
          status,
        });
      } catch (error) {
        known.delete(key);
        if (NEVER_WORKS.has(slackErrorWord(error) ?? '')) without.add(teamId);
      }
    },
  };
}
