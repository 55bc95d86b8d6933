import { COMMANDS, type CommandName } from '@jamie/agents/grammar';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LoopWorld } from './loop-world.ts';
import type { Surface } from './surfaces/surface.ts';

export interface EveryCommandSubject {
  readonly name: Surface['name'];
  readonly world: () => LoopWorld;
  readonly open: (world: LoopWorld) => Promise<Surface>;
}

/** What a case may name: a Deployment of its own with two revisions, its namespace, and the last plan that was shown. */
interface Names {
  readonly deployment: string;
  readonly namespace: string;
  readonly planId: string;
}

interface Case {
  readonly name: CommandName;
  readonly type: (names: Names) => string;
  readonly says: (names: Names) => RegExp;
}

const PLAN_ID = /p-[0-9a-hjkmnp-tv-z]{8}/;
/** What stands under a card in Slack; above it, the plan may name the one that it replaces. */
const CARD_OF = /plan `(p-[0-9a-hjkmnp-tv-z]{8})`/;

/** In an order in which a person might type them: a plan is made before it is decided. */
const CASES: readonly Case[] = [
  { name: 'help', type: () => 'help', says: () => /answers questions about Kubernetes with evidence/ },
  { name: 'help', type: () => 'help logs', says: () => /--previous/ },
  { name: 'thanks', type: () => 'thanks', says: () => /\w/ },
  { name: 'status', type: () => 'status', says: () => /Everything that is configured answers/ },
  { name: 'doctor', type: () => 'doctor', says: () => /cluster/i },
  { name: 'clusters', type: () => 'clusters', says: () => /test/ },
  { name: 'whoami', type: () => 'whoami', says: () => /ada|alice|Ada/ },
  {
    name: 'health',
    type: ({ namespace }) => `health ${namespace}`,
    says: ({ namespace }) => new RegExp(`${namespace} on test: .*of 100`),
  },
  {
    name: 'why',
    type: ({ deployment, namespace }) => `why deploy/${deployment} -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`${deployment}.* looks healthy`),
  },
  {
    name: 'why',
    type: ({ deployment, namespace }) => `why deploy/${deployment} -n ${namespace} --lint`,
    says: ({ deployment }) => new RegExp(`${deployment}.* looks healthy.*Hygiene: `, 's'),
  },
  { name: 'detections', type: () => 'detections', says: () => /\d+ detections in \d+ areas/ },
  {
    name: 'detections',
    type: () => 'detections CHK-POD-101',
    says: () => /container that exits with an error again and again/,
  },
  {
    name: 'ask',
    type: ({ deployment, namespace }) => `ask is ${deployment} well in ${namespace}?`,
    says: ({ deployment }) => new RegExp(`${deployment}.* looks healthy`),
  },
  {
    name: 'pods',
    type: ({ deployment, namespace }) => `pods ${deployment} -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`${deployment}-[a-z0-9]+-[a-z0-9]+`),
  },
  {
    name: 'logs',
    type: ({ deployment, namespace }) => `logs ${deployment} -n ${namespace} --tail 5`,
    says: ({ deployment }) => new RegExp(`${deployment}-[a-z0-9]+-[a-z0-9]+`),
  },
  {
    name: 'events',
    type: ({ deployment, namespace }) => `events ${deployment} -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`ScalingReplicaSet|SuccessfulCreate|event.*${deployment}`, 'is'),
  },
  { name: 'top', type: ({ namespace }) => `top -n ${namespace}`, says: () => /CPU|metrics/i },
  {
    name: 'diff',
    type: ({ deployment, namespace }) => `diff ${deployment} -n ${namespace}`,
    says: () => /revision/i,
  },
  {
    name: 'scale',
    type: ({ deployment, namespace }) => `scale deploy/${deployment} 4 -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`Scale Deployment ${deployment} 3 → 4`),
  },
  { name: 'plan', type: () => 'plan', says: ({ planId }) => new RegExp(planId) },
  { name: 'plan', type: ({ planId }) => `plan ${planId}`, says: () => /3 → 4/ },
  { name: 'diff', type: ({ planId }) => `diff ${planId}`, says: () => /replicas: 4/ },
  {
    name: 'edit',
    type: ({ planId }) => `edit ${planId} replicas=5`,
    says: ({ deployment }) => new RegExp(`Scale Deployment ${deployment} 3 → 5`),
  },
  {
    name: 'deny',
    type: ({ planId }) => `deny ${planId} not today`,
    says: () => /Taken back by \w+: not today/,
  },
  {
    name: 'scale',
    type: ({ deployment, namespace }) => `scale ${deployment} +1 -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`Scale Deployment ${deployment} 3 → 4`),
  },
  { name: 'approve', type: ({ planId }) => `approve ${planId}`, says: () => /Approved by/ },
  { name: 'undo', type: ({ planId }) => `undo ${planId}`, says: () => /4 → 3/ },
  {
    name: 'restart',
    type: ({ deployment, namespace }) => `restart deploy/${deployment} -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`Restart Deployment ${deployment}`),
  },
  {
    name: 'rollback',
    type: ({ deployment, namespace }) => `rollback ${deployment} --to 1 -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`Roll back Deployment ${deployment} from revision 2 to 1`),
  },
  {
    name: 'image',
    type: ({ deployment, namespace }) =>
      `image deploy/${deployment} registry.k8s.io/pause:3.99 -n ${namespace}`,
    says: ({ deployment }) =>
      new RegExp(`image .*Deployment ${deployment}|Deployment ${deployment}.*image`, 'i'),
  },
  {
    name: 'resize',
    type: ({ deployment, namespace }) =>
      `resize deploy/${deployment} --memory 64Mi --limit-memory 128Mi -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`Resize container .* of Deployment ${deployment}`),
  },
  {
    name: 'pause',
    type: ({ deployment, namespace }) => `pause deploy/${deployment} -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`Pause the rollout of Deployment ${deployment}`),
  },
  {
    name: 'resume',
    type: ({ deployment, namespace }) => `resume deploy/${deployment} -n ${namespace}`,
    says: () => /not paused/,
  },
  {
    name: 'autoscale',
    type: ({ deployment, namespace }) => `autoscale deploy/${deployment} --max 6 -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`No autoscaler scales Deployment .*${deployment}`),
  },
  {
    name: 'label',
    type: ({ deployment, namespace }) => `label deploy/${deployment} team=shop -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`Label Deployment ${deployment}`),
  },
  {
    name: 'annotate',
    type: ({ deployment, namespace }) =>
      `annotate deploy/${deployment} example.com/owner=ada -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`Annotate Deployment ${deployment}`),
  },
  {
    name: 'delete',
    type: ({ deployment, namespace }) => `delete deploy/${deployment} -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`Delete Deployment ${deployment}`),
  },
  {
    name: 'several',
    type: ({ deployment, namespace }) =>
      `label deploy/${deployment} team=shop -n ${namespace} then pause deploy/${deployment} -n ${namespace}`,
    says: ({ deployment }) => new RegExp(`Deployment ${deployment}`),
  },
  { name: 'apply', type: () => 'apply', says: () => /Where is the manifest/ },
  { name: 'suspend', type: () => 'suspend cronjob/nobodys', says: () => /nothing called cronjob\/nobodys/ },
  { name: 'run', type: () => 'run cronjob/nobodys', says: () => /nothing called cronjob\/nobodys/ },
  { name: 'rerun', type: () => 'rerun job/nobodys', says: () => /nothing called job\/nobodys/ },
  { name: 'cordon', type: () => 'cordon node/nobodys', says: () => /nothing called node\/nobodys/ },
  { name: 'uncordon', type: () => 'uncordon node/nobodys', says: () => /nothing called node\/nobodys/ },
  { name: 'drain', type: () => 'drain node/nobodys', says: () => /nothing called node\/nobodys/ },
  {
    name: 'break-glass',
    type: ({ planId }) => `break-glass ${planId} the shop is down for everybody`,
    says: () => /No team policy says who may break the glass|Already/,
  },
  { name: 'review', type: () => 'review', says: () => /No review is owed/ },
  { name: 'delegate', type: () => 'delegate', says: () => /You stand in for nobody/ },
  { name: 'replay', type: ({ planId }) => `replay ${planId}`, says: ({ planId }) => new RegExp(planId) },
  { name: 'stop', type: () => 'stop', says: () => /\w/ },
  { name: 'freeze', type: () => 'freeze trying every command', says: () => /Frozen\. No new change starts/ },
  { name: 'unfreeze', type: () => 'unfreeze', says: () => /Unfrozen/ },
  { name: 'healing', type: () => 'healing', says: () => /No case of self-healing is open/ },
  {
    name: 'close',
    type: () => 'healing close h-4k7d2m9q because it is mended',
    says: () => /I know no case h-4k7d2m9q/,
  },
  { name: 'audit', type: () => 'audit', says: () => /freeze|frozen|Frozen|Froze/ },
  { name: 'audit', type: () => 'audit verify', says: () => /\d+ .*record/ },
  {
    name: 'use',
    type: ({ namespace }) => `use -n ${namespace}`,
    says: ({ namespace }) => new RegExp(namespace),
  },
  { name: 'use', type: () => 'use --clear', says: () => /\w/ },
];

/** Every command of the registry, on one surface of the whole program, answered in words and without an error. */
export function everyCommandContract({ name, world, open }: EveryCommandSubject): void {
  describe(`every command, ${name}`, () => {
    const deployment = `web-${name.toLowerCase()}`;
    let surface: Surface;
    let planId = '';
    beforeAll(async () => {
      const { deployments } = world();
      await deployments.create(deployment, 3);
      const template = { metadata: { annotations: { 'kubernetes.io/change-cause': 'a second revision' } } };
      await deployments.patch(deployment, { spec: { template } });
      await deployments.until(deployment, (state) => state.generation > 1 && state.readyReplicas === 3);
      surface = await open(world());
    }, 60_000);
    afterAll(() => surface?.close());

    it('has a case here', () => {
      const tried = new Set(CASES.map((each) => each.name));
      expect(COMMANDS.map((command) => command.name).filter((each) => !tried.has(each))).toEqual([]);
    });

    it.each(CASES.map((each) => [each.name, each] as const))('%s', async (_name, { type, says }) => {
      const names = { deployment, namespace: world().cluster.namespace, planId };
      const typed = type(names);
      const shown = await surface.ask(typed);
      planId = CARD_OF.exec(shown)?.[1] ?? PLAN_ID.exec(shown)?.[0] ?? planId;
      expect({ typed, shown }).toEqual({ typed, shown: expect.stringMatching(says(names)) });
      expect(shown).not.toMatch(/wrong on my side|cannot do that yet|undefined|\[object Object\]|NaN/);
      await world().slack.settle();
    });
  });
}
