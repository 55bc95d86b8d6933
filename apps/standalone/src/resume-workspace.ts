import { type AgentsContext, resumeUndeliverable } from '@jamie/agents';
import { toOpsError } from '@jamie/core';

/** What to do when the app was installed in a workspace: it is shown what it missed while nobody let us in. */
export function createResumeWorkspace(context: AgentsContext): (teamId: string) => void {
  const { logger } = context;
  return (teamId) => {
    resumeUndeliverable(context, teamId).then(
      (messages) => logger.info('a slack workspace is shown what it missed', { teamId, messages }),
      (error: unknown) =>
        logger.error('what a slack workspace missed is not shown', { teamId, err: toOpsError(error) }),
    );
  };
}
