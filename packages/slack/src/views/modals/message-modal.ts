import type { ModalView } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import { sections } from '../content.ts';
import { elide, escapeText } from '../mrkdwn.ts';
import { plainText } from './modal-blocks.ts';

const TEXT_CHARACTERS = 3_000;

/** A modal that only says something, for example why there is nothing to fill in. Pure. */
export function renderMessageModal(title: string, text: string): ModalView {
  return {
    type: 'modal',
    title: plainText(title, SLACK_LIMITS.modalTitle),
    close: plainText('Close', SLACK_LIMITS.modalTitle),
    blocks: [...sections(elide(escapeText(text).trim(), TEXT_CHARACTERS) || 'There is nothing to show.')],
  };
}

/** What stands there until the modal itself is ready: Slack takes a click for three seconds, and some reading takes longer. */
export function renderLoadingModal(title: string): ModalView {
  return renderMessageModal(title, 'Loading…');
}
