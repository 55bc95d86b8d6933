import type { WebClient } from '@slack/web-api';
import { slackErrorWord } from '../slack-error.ts';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';
import { createStatusLine } from './status-line.ts';

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
  /** Takes the sign back, because no answer will come. Never fails. */
  clear(workspace: SlackWorkspace, target: SignTarget, sign: 'status' | 'reaction' | 'none'): Promise<void>;
}

/** A status line where the workspace has agent surfaces, otherwise an eyes reaction on the message. */
export function createFirstSign(): FirstSign {
  const line = createStatusLine();
  return {
    async show(workspace, target) {
      if (await line.set(workspace, target, 'is looking into it…')) return 'status';
      return (await addEyes(workspace.impatientClient, target)) ? 'reaction' : 'none';
    },
    async clear(workspace, target, sign) {
      if (sign === 'status') await line.set(workspace, target, '');
      if (sign === 'reaction') await removeEyes(workspace.impatientClient, target);
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

async function removeEyes(client: WebClient, target: SignTarget): Promise<void> {
  const eyes = { channel: target.channelId, timestamp: target.messageTs, name: 'eyes' };
  // What stays there is an old sign, and the person has been told.
  await client.reactions.remove(eyes).catch(() => undefined);
}
