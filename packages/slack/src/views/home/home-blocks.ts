import type { Button, KnownBlock, SectionBlock } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import { plainText } from '../modals/modal-blocks.ts';
import { bold, elide } from '../mrkdwn.ts';

/** So long is what one section says; with this and the number of sections a page stays far below what Slack takes. */
const SECTION_CHARACTERS = 1_000;
const TITLE_CHARACTERS = 200;

/** One section of mrkdwn that is escaped already, cut to what stands well on a page. */
export function homeSection(mrkdwn: string, accessory?: Button): SectionBlock {
  const text = elide(mrkdwn.trim(), SECTION_CHARACTERS) || '–';
  const section: SectionBlock = { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
  return accessory === undefined ? section : { ...section, accessory };
}

/** What stands above a part of the page. */
export function homeHeading(text: string): KnownBlock {
  return { type: 'header', text: plainText(text, SLACK_LIMITS.modalTitle * 4) };
}

/** A small grey line of mrkdwn that is escaped already; none when it is blank. */
export function homeLine(mrkdwn: string): readonly KnownBlock[] {
  const text = elide(mrkdwn.trim(), SECTION_CHARACTERS);
  return text === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] }];
}

/** A plain button. `about`: what it is about, for those who hear the page. */
export function homeButton(
  actionId: string,
  label: string,
  options: { readonly value?: string; readonly about?: string } = {},
): Button {
  const { value, about } = options;
  return {
    type: 'button',
    action_id: actionId,
    text: plainText(label, SLACK_LIMITS.buttonText),
    ...(value === undefined ? {} : { value }),
    ...(about === undefined
      ? {}
      : { accessibility_label: plainText(`${label}: ${about}`, SLACK_LIMITS.buttonText).text }),
  };
}

/** A line of plain text in bold, with escaped lines after it. */
export function titled(title: string, ...lines: readonly string[]): string {
  return [bold(elide(title, TITLE_CHARACTERS)), ...lines.filter((line) => line !== '')].join('\n');
}
