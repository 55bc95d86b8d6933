import type { HomePlan, HomeSummary, PlanCard } from '@jamie/core';
import type { Button, KnownBlock } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import { elide, escapeText, formatMoment } from '../mrkdwn.ts';
import { formatPlanAction } from '../plan-action.ts';
import { approvalConfirmation } from '../plan-card-view.ts';
import { HOME_ACTIONS } from './home-actions.ts';
import { homeButton, homeHeading, homeLine, homeSection, titled } from './home-blocks.ts';

const SHOWN_WAITING = 10;
const SHOWN_OWN = 5;
const RISK_CHARACTERS = 200;
const STATUS_CHARACTERS = 300;
const NAME_CHARACTERS = 80;

/** The plans that somebody may decide, each with its buttons. Pure. */
export function renderWaiting({ waiting, moreWaiting }: HomeSummary): readonly KnownBlock[] {
  const shown = waiting.slice(0, SHOWN_WAITING);
  const more = moreWaiting + waiting.length - shown.length;
  return [
    homeHeading('Waiting for you'),
    ...(shown.length === 0 ? [homeSection('No plan waits for your decision.')] : shown.flatMap(renderPlan)),
    ...homeLine(
      more === 0 ? '' : `${more} more ${more === 1 ? 'waits' : 'wait'}. Decide these first, then refresh.`,
    ),
  ];
}

/** The plans that somebody asked for and that are not over; nothing without one. Pure. */
export function renderOwnPlans({ own, moreOwn }: HomeSummary): readonly KnownBlock[] {
  const shown = own.slice(0, SHOWN_OWN);
  if (shown.length === 0) return [];
  const more = moreOwn + own.length - shown.length;
  return [
    homeHeading('Your plans under way'),
    ...shown.map((plan) => homeSection(titled(plan.card.headline, statusOf(plan.card)), openButton(plan))),
    ...homeLine(
      more === 0 ? '' : `${more} more ${more === 1 ? 'is' : 'are'} open. Type /jamie plan to see all.`,
    ),
  ];
}

function renderPlan(plan: HomePlan): readonly KnownBlock[] {
  const { card } = plan;
  const asked = `Asked by ${elide(escapeText(plan.askedBy), NAME_CHARACTERS)} ${formatMoment(plan.askedAt)}, expires ${formatMoment(plan.expiresAt)}.`;
  const risk = card.facts.find(({ label }) => label === 'Risk')?.value ?? card.tier;
  const said = `Risk: ${elide(escapeText(risk), RISK_CHARACTERS)}`;
  const open = openButton(plan);
  return [
    homeSection(titled(card.headline, statusOf(card), said, asked)),
    {
      type: 'actions',
      block_id: `home.${formatPlanAction(card)}`.slice(0, SLACK_LIMITS.blockId),
      elements: [approveButton(card), denyButton(card), ...(open === undefined ? [] : [open])],
    },
  ];
}

function statusOf({ statusLine }: PlanCard): string {
  return elide(escapeText(statusLine), STATUS_CHARACTERS);
}

/** Only one button of a page is the primary one, and that is to ask. */
function approveButton(card: PlanCard): Button {
  const value = formatPlanAction(card);
  const button = homeButton(HOME_ACTIONS.approve, 'Approve', { value, about: card.headline });
  return card.tier === 'high' ? { ...button, confirm: approvalConfirmation(card) } : button;
}

function denyButton(card: PlanCard): Button {
  return homeButton(HOME_ACTIONS.deny, 'Deny', { value: formatPlanAction(card), about: card.headline });
}

/** Undefined where Slack has not said yet where the card is. */
function openButton({ link, card }: HomePlan): Button | undefined {
  if (link === undefined || link.length > SLACK_LIMITS.buttonUrl || !/^https?:\/\//u.test(link))
    return undefined;
  return { ...homeButton(HOME_ACTIONS.open, 'Open Card', { about: card.headline }), url: link };
}
