import type { HomeSummary, Logger } from '@jamie/core';
import { isOpsError } from '@jamie/core';
import { type SlackWorkspace, translateSlackError } from '@jamie/slack';
import type { ListenerContext } from '../listener-context.ts';

/** Something to ask with one click, where somebody begins to talk with us. */
interface Prompt {
  readonly title: string;
  readonly message: string;
}

/** Slack takes no more. */
const MAX_PROMPTS = 4;
const TITLE_CHARACTERS = 75;

/**
 * Offers what to ask in the tab where somebody talks with us: what is wrong now comes first. Workspaces without that tab
 * refuse it, and then there is nothing to offer it in.
 */
export async function offerPrompts(
  context: ListenerContext,
  workspace: SlackWorkspace,
  { channel, user }: { readonly channel: string; readonly user: string },
): Promise<void> {
  const verdict = await context.people.identify({ teamId: workspace.teamId, userId: user }, workspace);
  if (verdict.kind === 'refused') return;
  const prompts = choosePrompts(await context.desk.readHome(verdict.principal));
  try {
    await workspace.impatientClient.assistant.threads.setSuggestedPrompts({
      channel_id: channel,
      title: 'What would you like to know?',
      prompts: [...prompts],
    });
  } catch (error) {
    noteRefusal(context.logger, error);
  }
}

/** What was not offered is no loss: everything can be typed. */
function noteRefusal(logger: Logger, thrown: unknown): void {
  const error = translateSlackError(thrown, 'assistant.threads.setSuggestedPrompts');
  if (!isOpsError(error)) throw error;
  logger.debug('slack takes no suggested prompts', { code: error.code, details: error.details });
}

/** At most four, for this person. Pure. */
function choosePrompts({ clusters, waiting }: HomeSummary): readonly Prompt[] {
  const [worst] = clusters.flatMap(({ findings }) => findings);
  return [
    ...(worst === undefined
      ? []
      : [{ title: `Why Is ${worst.subject} Failing?`.slice(0, TITLE_CHARACTERS), message: worst.command }]),
    ...(waiting.length === 0 ? [] : [{ title: 'Show the Open Plans', message: 'plan' }]),
    { title: 'Check Cluster Health', message: 'health' },
    { title: 'Show Commands', message: 'help' },
  ].slice(0, MAX_PROMPTS);
}
