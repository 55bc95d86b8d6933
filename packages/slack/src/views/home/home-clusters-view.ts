import type { HomeCluster, HomeFinding, HomeSummary } from '@jamie/core';
import type { KnownBlock } from '@slack/types';
import { SLACK_LIMITS } from '../../limits.ts';
import { bold, elide, escapeText, formatMoment } from '../mrkdwn.ts';
import { HOME_COMMAND_ACTION } from './home-actions.ts';
import { homeButton, homeHeading, homeLine, homeSection, titled } from './home-blocks.ts';

const SHOWN_FINDINGS = 10;
const SHOWN_UNCHECKED = 5;
const SHOWN_CLUSTERS = 10;
const SUMMARY_CHARACTERS = 400;
const NAME_CHARACTERS = 100;
const DETAIL_CHARACTERS = 200;
const SEVERITIES: readonly HomeFinding['severity'][] = ['critical', 'warning', 'info'];
const SEVERITY_WORDS = { critical: 'Critical', warning: 'Warning', info: 'Note' } as const;
const STATE_WORDS = {
  reachable: 'answers',
  unreachable: 'does not answer',
  unknown: 'no answer yet',
} as const;

/** What is open on the clusters, worst first, and what could not be looked at. Pure. */
export function renderFindings({ clusters }: HomeSummary): readonly KnownBlock[] {
  const all = clusters
    .flatMap(({ name, findings }) => findings.map((finding) => ({ cluster: name, finding })))
    .toSorted(
      (one, other) =>
        SEVERITIES.indexOf(one.finding.severity) - SEVERITIES.indexOf(other.finding.severity) ||
        other.finding.since - one.finding.since,
    );
  const shown = all.slice(0, SHOWN_FINDINGS);
  const hidden = clusters.reduce((sum, { moreFindings }) => sum + moreFindings, 0);
  const more = hidden + all.length - shown.length;
  return [
    homeHeading('Open findings'),
    ...(shown.length === 0
      ? [homeSection(describeNothing(clusters))]
      : shown.map(({ cluster, finding }, index) => renderFinding(cluster, finding, index))),
    ...homeLine(
      more === 0 ? '' : `${more} more ${more === 1 ? 'is' : 'are'} open. Type /jamie health to see all.`,
    ),
    ...renderUnchecked(clusters),
  ];
}

function renderFinding(cluster: string, finding: HomeFinding, index: number): KnownBlock {
  const { severity, subject, summary, since, command } = finding;
  const where = `${subject} on ${cluster}`;
  const said = `${SEVERITY_WORDS[severity]}, since ${formatMoment(since)}: ${elide(escapeText(summary), SUMMARY_CHARACTERS)}`;
  const fits = command !== '' && command.length <= SLACK_LIMITS.buttonValue;
  const button = fits
    ? homeButton(`${HOME_COMMAND_ACTION}.${index}`, 'Ask Why', { value: command, about: where })
    : undefined;
  return homeSection(titled(where, said), button);
}

/** Without findings all may be well, or nothing could be seen: two different things. */
function describeNothing(clusters: readonly HomeCluster[]): string {
  if (clusters.length === 0)
    return 'No cluster is connected yet. A platform admin connects one with `jamie cluster add`.';
  const isSeen = clusters.every(({ unchecked, state }) => unchecked.length === 0 && state === 'reachable');
  return isSeen ? 'I see nothing wrong.' : 'I see nothing wrong in what I could look at.';
}

function renderUnchecked(clusters: readonly HomeCluster[]): readonly KnownBlock[] {
  const all = clusters.flatMap(({ name, unchecked }) => unchecked.map((line) => `${name}: ${line}`));
  const shown = all.slice(0, SHOWN_UNCHECKED);
  const more = all.length - shown.length;
  return [
    ...shown.flatMap((line) => homeLine(escapeText(line))),
    ...homeLine(more === 0 ? '' : `${more} more could not be checked.`),
  ];
}

/** Which clusters there are, and whether they answer. Pure. */
export function renderClusters({ clusters }: HomeSummary): readonly KnownBlock[] {
  if (clusters.length === 0) return [];
  const shown = clusters.slice(0, SHOWN_CLUSTERS);
  const more = clusters.length - shown.length;
  return [
    homeHeading('Clusters'),
    ...shown.map((cluster) => homeSection(describeCluster(cluster))),
    ...homeLine(more === 0 ? '' : `${more} more. Type /jamie clusters to see all.`),
  ];
}

function describeCluster({ name, environment, state, detail }: HomeCluster): string {
  const said = state === 'unknown' ? '' : ` (${elide(escapeText(detail), DETAIL_CHARACTERS)})`;
  return `${bold(name.slice(0, NAME_CHARACTERS))} · ${environment} · ${STATE_WORDS[state]}${said}`;
}
