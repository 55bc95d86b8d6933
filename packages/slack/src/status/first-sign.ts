import type { WebClient } from '@slack/web-api';
import { slackErrorWord } from '../slack-error.ts';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';

/** The message that somebody wrote, and the thread in which we are going to answer. */
export interface SignTarget {
  readonly channelId: string;
  readonly threadTs: string;
  readonly messageTs: string;
}

/** Shows within a second that a request has arrived. */
export interface FirstSign {
  /** Never fails: the answer matters, the sign does not. `none` when Slack took neither form. */
  show(workspace: SlackWorkspace, target: SignTarget): Promise<'status' | 'reaction' | 'none'>;
}

const STATUS_NEVER_WORKS: ReadonlySet<string> = new Set([
  'not_agent_app',
  'feature_disabled',
  'missing_scope',
  'unknown_method',
  'method_not_supported_for_channel_type',
]);

/**
 * A status line where the workspace has agent surfaces, otherwise an eyes reaction on the message. Once Slack has
 * said that a status can never work, only the reaction is tried.
 */
export function createFirstSign(): FirstSign {
  const withoutStatus = new Set<string>();

  async function showStatus(
    { teamId, impatientClient }: SlackWorkspace,
    target: SignTarget,
  ): Promise<boolean> {
    try {
      await impatientClient.assistant.threads.setStatus({
        channel_id: target.channelId,
        thread_ts: target.threadTs,
        status: 'is looking into it…',
      });
      return true;
    } catch (error) {
      if (STATUS_NEVER_WORKS.has(slackErrorWord(error) ?? '')) withoutStatus.add(teamId);
      return false;
    }
  }

  return {
    async show(workspace, target) {
      const mayShow = !withoutStatus.has(workspace.teamId);
      if (mayShow && (await showStatus(workspace, target))) return 'status';
      return (await addEyes(workspace.impatientClient, target)) ? 'reaction' : 'none';
    },
  };
}

async function addEyes(client: WebClient, target: SignTarget): Promise<boolean> {
  try {
    await client.reactions.add({ channel: target.channelId, timestamp: target.messageTs, name: 'eyes' });
    return true;
  } catch (error) {
    return slackErrorWord(error) === 'already_reacted';
  }
}
