import type { ShownMessage } from '@jamie/core';
import type { SlackContent } from './content.ts';
import { renderPlanCard } from './plan-card-view.ts';
import { renderReply, renderText } from './reply-view.ts';

/**
 * A message as it is to be shown now: the live card where it shows a plan, otherwise its reply or text. Pure.
 * `fileNotes` say which of its files could not be attached.
 */
export function renderShown(shown: ShownMessage, fileNotes: readonly string[] = []): SlackContent {
  if (shown.card !== undefined) return renderPlanCard(shown.card);
  const { body } = shown.message;
  return body.kind === 'reply' ? renderReply(body.reply, shown.message.id, fileNotes) : renderText(body.text);
}
