import { slackErrorWord } from '../slack-error.ts';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';
import type { SessionPlace } from './session-status.ts';

/** The words beside our name while we work. Slack removes them with our next message, or after two minutes. */
export interface StatusLine {
  /** Never fails. `text` follows the name: `is reading pods…`; empty: none. False when Slack did not take it. */
  set(workspace: SlackWorkspace, place: SessionPlace, text: string): Promise<boolean>;
}

const NEVER_WORKS: ReadonlySet<string> = new Set([
  'not_agent_app',
  'feature_disabled',
  'missing_scope',
  'unknown_method',
  'method_not_supported_for_channel_type',
]);

/** Once Slack has said that a workspace can never have a status, it is not asked again. */
export function createStatusLine(): StatusLine {
  const without = new Set<string>();
  return {
    async set({ teamId, impatientClient }, { channelId, threadTs }, text) {
      if (without.has(teamId)) return false;
      try {
        await impatientClient.assistant.threads.setStatus({
          channel_id: channelId,
          thread_ts: threadTs,
          status: text,
        });
        return true;
      } catch (error) {
        if (NEVER_WORKS.has(slackErrorWord(error) ?? '')) without.add(teamId);
        return false;
      }
    },
  };
}
