import type { Defect } from '../defect.ts';

const OPERATIONS = 'packages/operations/src';
const TEAM = 'packages/policy/src/team';
const HOME = 'apps/bot/src/listeners/home/home-tabs';

/** Ways round the rules of a team, round one node at a time, and into a page that is no longer somebody's. */
export const teamRuleDefects: readonly Defect[] = [
  {
    name: 'a registry is taken for another host that begins alike',
    file: `${TEAM}/image-registry.ts`,
    find: 'return repository === wanted ||',
    replace: 'return repository.startsWith(wanted) ||',
    suite: `${TEAM}/image-registry`,
  },
  {
    name: 'the images of a CronJob are not judged',
    file: `${OPERATIONS}/planning/facts-of-change.ts`,
    find: "object?.['kind'] === 'CronJob'",
    replace: "object?.['kind'] === 'Cron'",
    suite: `${OPERATIONS}/planning/policy-paths`,
  },
  {
    name: 'the bound of an autoscaler may go past the ceiling',
    file: `${TEAM}/refuse-by-policy.ts`,
    find: '...(reach === undefined ? [] : [reach])',
    replace: '...(reach === undefined ? [reach] : []).filter((each) => each !== undefined)',
    suite: `${TEAM}/team-policy`,
  },
  {
    name: 'a plan may start in a freeze that began after it was made',
    file: `${TEAM}/demands-of-time.ts`,
    find: 'Date.parse(from) > now && Date.parse(from) < until',
    replace: 'Date.parse(from) > until && Date.parse(from) < until',
    suite: `${TEAM}/demands-of-time`,
  },
  {
    name: 'a drain of a node that is cordoned already hides from other drains',
    file: `${OPERATIONS}/planning/nodes-going.ts`,
    find: '[...cordoned, ...nodesDrainedBy(plan)]',
    replace: 'cordoned',
    suite: `${OPERATIONS}/catalogue/catalogue`,
  },
  {
    name: 'a Home tab is kept for somebody who is let in no more',
    file: `${HOME}.ts`,
    find: 'this.#publishAgain(tab)',
    replace: 'this.#publish(tab)',
    suite: HOME,
  },
];
