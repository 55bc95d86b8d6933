import type { Installations, Logger } from '@jamie/core';
import { deliveryTeamOf } from '@jamie/slack';
import type { App, EnvelopedEvent } from '@slack/bolt';
import { ticketOf } from '../../inbox/delivery-ticket.ts';
import { decideRemoval } from './decide-removal.ts';

export interface InstallationsContext {
  /** Absent: one workspace, whose token is in the configuration; whoever set it has to set another. */
  readonly installations?: Installations;
  readonly logger: Logger;
}

/** The end of an installation: its tokens are forgotten, and whatever is still to be shown there ends with a reason. */
export function registerInstallations(app: App, context: InstallationsContext): void {
  async function onRemoval(body: EnvelopedEvent): Promise<void> {
    const { installations, logger } = context;
    const teamId = deliveryTeamOf({ ...body });
    const installation = await installations?.find(teamId);
    const decision = decideRemoval(body, installation);
    logger.warn('slack tells that the app was removed or its tokens revoked', { teamId, ...decision });
    if (decision.kind === 'remove') await installations?.remove(teamId);
  }

  app.event('app_uninstalled', async ({ body, context: given }) => {
    ticketOf(given);
    await onRemoval(body);
  });
  app.event('tokens_revoked', async ({ body, context: given }) => {
    ticketOf(given);
    await onRemoval(body);
  });
}
