import type { Autonomy } from '@jamie/policy';

/** What may happen by itself in a namespace, in a line or two. Plain text. */
export function explainAutonomy(namespace: string, autonomy: Autonomy): string {
  const { level, remediations, attempts, rolloutWaitMs, reportTo } = autonomy;
  if (level === 'off') return `By itself in ${namespace}: nothing.\n`;
  const what = level === 'act' ? 'is done unless it is high risk' : 'is suggested';
  const tries = attempts === 1 ? 'once' : `at most ${attempts} times`;
  const places = reportTo.map(({ teamId, channelId }) => `slack:${teamId}:${channelId}`);
  const where = places.length === 0 ? 'to the page of this machine' : `to ${places.join(' and ')}`;
  const wait = remediations.includes('roll-back')
    ? `A rollout that fails at once is left to whoever made it for ${rolloutWaitMs / 60_000} min.\n`
    : '';
  return `By itself in ${namespace}: ${remediations.join(', ')} ${what}, ${tries} a day for one fault, told ${where}.\n${wait}`;
}
