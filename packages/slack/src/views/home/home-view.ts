import type { HomeSummary } from '@jamie/core';
import type { HomeView, KnownBlock } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import { escapeText, formatMoment } from '../mrkdwn.ts';
import { HOME_ACTIONS } from './home-actions.ts';
import { homeButton, homeHeading, homeLine, homeSection, titled } from './home-blocks.ts';
import { renderClusters, renderFindings } from './home-clusters-view.ts';
import { renderOwnPlans, renderWaiting } from './home-plans-view.ts';

/** The callback id of the Home tab. */
const HOME_VIEW = 'home';

/**
 * Somebody's Home tab: what waits for them first. Pure; every part is bounded, so that the page never has more than 100
 * blocks. `notice`: what came of what they just did.
 */
export function renderHome(home: HomeSummary, notice?: string): HomeView {
  return homeOf([
    ...(notice === undefined ? [] : [homeSection(escapeText(notice))]),
    ...renderFreeze(home),
    renderButtons(),
    ...renderWaiting(home),
    ...renderOwnPlans(home),
    ...home.unread.slice(0, SHOWN_UNREAD).flatMap((line) => homeLine(escapeText(line))),
    ...renderFindings(home),
    ...renderClusters(home),
    homeHeading('Status'),
    homeSection(escapeText(home.checks)),
    homeHeading('Preferences'),
    homeSection(describeDefaults(home), homeButton(HOME_ACTIONS.preferences, 'Change Preferences')),
    ...homeLine(
      `As of ${formatMoment(home.at)}. Jamie is an AI agent; Scarlet changes only what people approve.`,
    ),
  ]);
}

const SHOWN_UNREAD = 5;

/** What stands there for a moment, the first time. */
export function renderLoadingHome(): HomeView {
  return homeOf([homeSection('Reading what concerns you…')]);
}

/** The Home tab of somebody for whom we do nothing: `message` says why, and who can change that. Pure. */
export function renderStrangerHome(message: string): HomeView {
  return homeOf([homeHeading('Jamie & Scarlet'), homeSection(escapeText(message)), homeButtonLine()]);
}

function homeButtonLine(): KnownBlock {
  return { type: 'actions', elements: [homeButton(HOME_ACTIONS.refresh, 'Refresh')] };
}

function homeOf(blocks: readonly KnownBlock[]): HomeView {
  return { type: 'home', callback_id: HOME_VIEW, blocks: blocks.slice(0, SLACK_LIMITS.blocksPerView) };
}

function renderButtons(): KnownBlock {
  return {
    type: 'actions',
    elements: [
      { ...homeButton(HOME_ACTIONS.ask, 'Ask Jamie'), style: 'primary' },
      homeButton(HOME_ACTIONS.refresh, 'Refresh'),
    ],
  };
}

function renderFreeze({ frozenBecause, whoMayThaw }: HomeSummary): readonly KnownBlock[] {
  if (frozenBecause === undefined) return [];
  const why = frozenBecause === '' ? '' : escapeText(frozenBecause);
  const who = whoMayThaw === undefined ? [] : homeLine(escapeText(`${whoMayThaw} Type /jamie unfreeze.`));
  return [homeSection(titled('All changes are frozen', why)), ...who];
}

function describeDefaults({ defaults: { cluster, namespace } }: HomeSummary): string {
  const isEvery = namespace === undefined || namespace === '*';
  const where = isEvery ? 'in every namespace' : `in the namespace ${namespace}`;
  const of = cluster === undefined ? 'of the first cluster that I know' : `of ${cluster}`;
  return escapeText(`I look ${where} ${of} for you, unless you name another place.`);
}
