import { isTerminal, type PlanCard } from '@jamie/core';
import type { Button, ConfirmationDialog, KnownBlock } from '@slack/types';
import { SLACK_LIMITS } from '../limits.ts';
import { type ContentParts, contextLine, fitContent, type SlackContent, sections } from './content.ts';
import { bold, codeSpan, elide, escapeText, formatMoment } from './mrkdwn.ts';
import { formatPlanAction, PLAN_ACTIONS } from './plan-action.ts';
import { CODE_BLOCKS, renderCode } from './reply-sections.ts';

const STATUS_CHARACTERS = 2_000;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/u;

/**
 * The live card of a plan. Pure: everything comes from the card. The block id of the buttons holds plan and hash,
 * so that no button of an earlier proposal is ever taken for one of this. A plan that has ended shows no vote.
 */
export function renderPlanCard(card: PlanCard): SlackContent {
  return fitContent(planCardParts(card));
}

/** The same before it is known whether one message holds it. `codeBlocks`: the most of its diff. Pure. */
export function planCardParts(card: PlanCard, codeBlocks = CODE_BLOCKS): ContentParts {
  return {
    summary: `${card.headline}. ${card.statusLine}`,
    head: [
      ...sections(bold(card.headline)),
      ...sections(elide(escapeText(card.healing ?? ''), STATUS_CHARACTERS)),
      ...sections(`*Status:* ${elide(escapeText(card.statusLine), STATUS_CHARACTERS)}`),
    ],
    body: [
      ...sections(card.facts.map(renderFact).join('\n')),
      ...sections(card.warnings.map((warning) => `*Warning:* ${escapeText(warning)}`).join('\n')),
      ...renderCode(card.diff, codeBlocks),
    ],
    foot: [
      ...contextLine(card.votes.map(escapeText).join('  ·  ')),
      ...renderButtons(card),
      ...contextLine(`Scarlet  ·  plan ${codeSpan(card.planId)}`),
    ],
  };
}

/** A moment stands in the reader's own time zone. */
function renderFact({ label, value }: { readonly label: string; readonly value: string }): string {
  const shown = MOMENT.test(value) ? formatMoment(Date.parse(value)) : escapeText(value);
  return `${bold(`${label}:`)} ${shown}`;
}

function renderButtons(card: PlanCard): readonly KnownBlock[] {
  const offered = card.actions.filter((action) => action === 'undo' || !isTerminal(card.status));
  const elements = [...new Set(offered)].map((action) => renderButton(card, action));
  if (elements.length === 0) return [];
  return [
    { type: 'actions', block_id: `plan.${formatPlanAction(card)}`.slice(0, SLACK_LIMITS.blockId), elements },
  ];
}

function renderButton(card: PlanCard, action: PlanCard['actions'][number]): Button {
  const label = { approve: 'Approve', edit: 'Edit', deny: 'Deny', undo: 'Undo' }[action];
  const button: Button = {
    type: 'button',
    action_id: PLAN_ACTIONS[action],
    text: { type: 'plain_text', text: label, emoji: false },
    value: formatPlanAction(card),
    accessibility_label: elide(escapeText(`${label}: ${card.headline}`), SLACK_LIMITS.buttonText),
  };
  if (action !== 'approve') return button;
  const primary: Button = { ...button, style: 'primary' };
  return card.tier === 'high' ? { ...primary, confirm: approvalConfirmation(card) } : primary;
}

/** What somebody is asked once more before they approve a change of high risk. */
export function approvalConfirmation(card: PlanCard): ConfirmationDialog {
  return {
    title: { type: 'plain_text', text: 'Approve this change?', emoji: false },
    text: {
      type: 'mrkdwn',
      text: elide(escapeText(card.headline), SLACK_LIMITS.confirmText) || 'This change',
    },
    confirm: { type: 'plain_text', text: 'Approve', emoji: false },
    deny: { type: 'plain_text', text: 'Go Back', emoji: false },
    style: 'danger',
  };
}
