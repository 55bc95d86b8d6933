import type { ShownLinks, ShownMessage } from '@jamie/core';
import type { KnownBlock } from '@slack/types';
import { contextLine } from './content.ts';
import { asksForFeedback, type FeedbackStyle, renderFeedback } from './feedback-view.ts';
import { formatLink } from './mrkdwn.ts';

/** What stands below a message beside its own content: where else to look, and whether it helped. Pure. */
export function shownExtras(shown: ShownMessage, style: FeedbackStyle): readonly KnownBlock[] {
  return [
    ...contextLine(linkLine(shown.links ?? {})),
    ...(asksForFeedback(shown) ? renderFeedback(shown.message.id, style) : []),
  ];
}

function linkLine({ card, diagnosis }: ShownLinks): string {
  const why = diagnosis === undefined ? '' : formatLink(diagnosis, 'the diagnosis');
  const plan = card === undefined ? '' : formatLink(card, 'The plan');
  return [why === '' ? '' : `Why: ${why}`, plan].filter((part) => part !== '').join('  ·  ');
}
