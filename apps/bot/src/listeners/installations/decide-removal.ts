import type { Installation } from '@jamie/core';
import { z } from 'zod';

export type RemovalDecision =
  | { readonly kind: 'remove'; readonly reason: 'app_uninstalled' | 'bot_token_revoked' }
  | {
      readonly kind: 'keep';
      readonly reason: 'not_installed' | 'not_about_the_bot' | 'older_than_the_installation';
    };

const schema = z.object({
  /** In seconds. */
  event_time: z.number().optional(),
  event: z.discriminatedUnion('type', [
    z.object({ type: z.literal('app_uninstalled') }),
    z.object({
      type: z.literal('tokens_revoked'),
      tokens: z.object({ bot: z.array(z.string()).nullish() }).nullish(),
    }),
  ]),
});

/**
 * Decides whether an installation has ended. Pure. Slack tells both events of one removal in either order and may tell
 * them again much later: what happened before the app was installed again says nothing about now.
 */
export function decideRemoval(body: unknown, installation: Installation | undefined): RemovalDecision {
  if (installation === undefined) return { kind: 'keep', reason: 'not_installed' };
  const { data } = schema.safeParse(body);
  if (data === undefined) return { kind: 'keep', reason: 'not_about_the_bot' };
  const { event, event_time: seconds } = data;
  // Slack counts whole seconds: within the second of the installation, the removal is believed.
  if (seconds !== undefined && (seconds + 1) * 1_000 <= installation.installedAt) {
    return { kind: 'keep', reason: 'older_than_the_installation' };
  }
  if (event.type === 'app_uninstalled') return { kind: 'remove', reason: 'app_uninstalled' };
  const isOurs = event.tokens?.bot?.includes(installation.botUserId) === true;
  return isOurs
    ? { kind: 'remove', reason: 'bot_token_revoked' }
    : { kind: 'keep', reason: 'not_about_the_bot' };
}
