import type { ShownMessage } from '@jamie/core';
import type { SlackContent } from './content.ts';
import { renderPlanCard } from './plan-card-view.ts';
import { renderReply, renderText } from './reply-view.ts';

/** A message as it is to be shown now: the live card where it shows a plan, otherwise its reply or text. Pure. */
export function renderShown(shown: ShownMessage): SlackContent {
  if (shown.card !== undefined) return renderPlanCard(shown.card);
  const { body } = shown.message;
  return body.kind === 'reply' ? renderReply(body.reply) : renderText(body.text);
}
