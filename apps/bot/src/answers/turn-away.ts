import { type InboxDelivery, isOpsError, type Logger, type OpsError } from '@jamie/core';
import { deliveryTeamOf, type SlackWorkspaces } from '@jamie/slack';
import { z } from 'zod';

export interface TurnAwayOptions {
  readonly workspaces: SlackWorkspaces;
  /** Default https://slack.com/api/. Its host may be answered, beside hooks.slack.com. */
  readonly slackApiUrl?: string;
  readonly logger: Logger;
}

/** These tell that there is no installation any more, and so cannot need one. */
const NEED_NO_WORKSPACE: ReadonlySet<unknown> = new Set(['app_uninstalled', 'tokens_revoked']);
const ANSWER_TIMEOUT_MS = 5_000;
const REMEMBERED_TEAMS = 1_000;

const schema = z.object({
  event: z.object({ type: z.string() }).optional(),
  response_url: z.url().optional(),
});

/**
 * Makes what looks at a delivery before the app does: true when nobody lets us into its workspace. Whoever waits for
 * an answer is told through the address that came with the delivery, which needs no token; everything else is only
 * logged, once for each workspace. Fails like SlackWorkspaces, except with forbidden.
 */
export function createTurnAway(options: TurnAwayOptions): (delivery: InboxDelivery) => Promise<boolean> {
  const { workspaces, logger } = options;
  const loggedTeams = new Set<string>();

  function logOnce(teamId: string, error: OpsError): void {
    if (loggedTeams.has(teamId)) return;
    if (loggedTeams.size >= REMEMBERED_TEAMS) loggedTeams.clear();
    loggedTeams.add(teamId);
    logger.warn('deliveries come from a slack workspace that does not let us in', {
      teamId,
      reason: error.details['reason'] ?? error.details['slackError'],
    });
  }

  return async ({ payload }) => {
    const { data } = schema.safeParse(payload);
    if (NEED_NO_WORKSPACE.has(data?.event?.type)) return false;
    const teamId = deliveryTeamOf(payload);
    try {
      await workspaces.find(teamId);
      loggedTeams.delete(teamId);
      return false;
    } catch (error) {
      if (!isOpsError(error, 'forbidden')) throw error;
      logOnce(teamId, error);
      const url = data?.response_url;
      if (url !== undefined && mayAnswer(url, options.slackApiUrl)) {
        await answer(url, error.userMessage ?? error.message, logger);
      }
      return true;
    }
  };
}

/** The address was signed by Slack; nothing of ours goes anywhere else all the same. */
function mayAnswer(url: string, slackApiUrl: string | undefined): boolean {
  const { origin } = new URL(url);
  return (
    origin === 'https://hooks.slack.com' ||
    (slackApiUrl !== undefined && origin === new URL(slackApiUrl).origin)
  );
}

async function answer(url: string, text: string, logger: Logger): Promise<void> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    if (!response.ok) logger.warn('slack did not take an answer', { status: response.status });
  } catch (error) {
    // There is no other way to tell them: the workspace does not let us in.
    logger.warn('slack did not take an answer', { err: error });
  }
}
