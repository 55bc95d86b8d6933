import { readWorkspace, type WorkspaceAccess } from './read-workspace.ts';
import type { SlackWorkspace, SlackWorkspaces } from './slack-workspaces.ts';

/**
 * The one workspace of a configured bot token, whichever is asked for. Slack is asked once whose token it is; a failure
 * is forgotten, so that the next call asks again.
 */
export function createSingleWorkspace(access: WorkspaceAccess): SlackWorkspaces {
  let known: Promise<SlackWorkspace> | undefined;
  const find = () => {
    known ??= readWorkspace(access).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    find,
    async verify() {
      await find();
    },
  };
}
