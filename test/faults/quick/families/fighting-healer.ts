import { setTimeout as sleep } from 'node:timers/promises';
import type { HealingCase, ObjectRef, Principal } from '@jamie/core';
import { createHealer, type Healer } from '@jamie/healing';
import { type Autonomy, BUILT_IN_POLICY, type PolicyBook } from '@jamie/policy';
import { createSteadyClock, randomIds, sha256 } from '@jamie/runtime';
import { deployment } from '../../backends/deployments.ts';
import { trialObjects } from '../../changes/trial-objects.ts';
import type { Played } from '../family.ts';
import type { QuickTrial } from '../quick-trial.ts';
import type { Replica } from '../replica.ts';
import { type OtherManager, someKeeper, writeAs } from './other-manager.ts';

const OBJECTS = 2;
/** More sweeps than any case needs to come to rest, all of them within the day that budgets count. */
const SWEEPS = 18;
/** Longer than everything that is waited for between two attempts; a clock that is set by more is believed at once. */
const JUMP_MS = 62 * 60_000;
const ATTEMPTS = 5;
/** So often somebody changes a thing back, and it is a fight. */
const MOST_REVERTS = 2;
const SMALL = '64Mi';
const LARGE = '96Mi';

/**
 * Memory is raised by itself, and somebody else sets it back each time, at once or once all seems well: healing waits,
 * stops, and names them. Healer, rules, budget, plans and writes are the real ones; what is played is which fault is seen.
 */
export async function fightTheHealer(trial: QuickTrial): Promise<Played> {
  const { dice } = trial;
  const isAtOnce = dice.chance(0.25);
  const isMarked = dice.chance(0.25);
  const keepers = Array.from({ length: OBJECTS }, () => someKeeper(dice));
  trial.policy = autonomous(trial.namespace);
  await trial.begin();
  const fights = await Promise.all(keepers.map((keeper) => makeFight(trial, keeper, isMarked)));
  const [replica] = trial.replicas;
  if (replica === undefined) throw new Error('no process');
  if (isAtOnce) keepAtOnce(trial, replica, fights);
  const told = new Map<string, string>();
  const healer = makeHealer(trial, replica, { fights, told });
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    await healer.sweep();
    await settle(trial, fights);
    replica.clock.offsetMs += JUMP_MS;
    // The clocks of the process look at the machine's each time something asks them.
    await sleep(20);
  }
  const cases = await trial.store.listHealingCases({ limit: 100 });
  for (const fight of fights) await judge(trial, fight, { cases, told });
  return {
    faults: fights.reduce((sum, { reverts }) => sum + Math.max(reverts, isMarked ? 1 : 0), 0),
    trials: OBJECTS,
    expected: { isTouched: true },
    ended: `${keepers.map(({ who }) => who).join(' and ')}${isMarked ? ', known before' : ''}, ${isAtOnce ? 'at once' : 'later'}: ${cases.map(({ status, attempts }) => `${status} after ${attempts.length}`).join(', ')}`,
  };
}

/** One object, who keeps it, and whether it lacks memory now. */
interface Fight {
  readonly object: string;
  readonly ref: ObjectRef & { readonly namespace: string };
  readonly keeper: OtherManager;
  isFaulty: boolean;
  /** How often the memory was set back. */
  reverts: number;
}

async function makeFight(trial: QuickTrial, keeper: OtherManager, isMarked: boolean): Promise<Fight> {
  const { namespace, site } = trial;
  const object = `${trial.name}-${trial.nextPart()}`;
  const ref = { kind: 'Deployment', namespace, name: object } as const;
  trial.parts.push({ collection: 'deployments', object, operation: raise(ref) });
  const made = deployment(object, 1, containersWith(SMALL));
  const metadata = isMarked ? { ...made.metadata, ...keeper.marks } : made.metadata;
  await trialObjects(site.backend).create('deployments', {
    ...made,
    metadata: { ...metadata, name: object },
  });
  await trial.until(
    'the Deployment is ready',
    async () => (await site.backend.readDeployment(object)).readyReplicas === 1,
  );
  return { object, ref, keeper, isFaulty: true, reverts: 0 };
}

function raise({ name, namespace }: { readonly name: string; readonly namespace: string }) {
  const target = { kind: 'Deployment', namespace, name } as const;
  return { kind: 'resize', target, container: 'web', limits: { memory: LARGE } } as const;
}

function containersWith(memory: string) {
  const resources = { requests: { cpu: '1m', memory: '1Mi' }, limits: { memory } };
  return { containers: [{ name: 'web', image: 'registry.example/shop/web:1.0.0', resources }] };
}

async function setBack(trial: QuickTrial, fight: Fight): Promise<void> {
  const patch = { spec: { template: { spec: containersWith(SMALL) } } };
  await writeAs(trial, fight.keeper, { collection: 'deployments', name: fight.object, patch });
  fight.isFaulty = true;
  fight.reverts += 1;
}

function keepAtOnce(trial: QuickTrial, { proxy }: Replica, fights: readonly Fight[]): void {
  proxy.answered = ({ path, isWrite }) => {
    const fight = fights.find(({ object }) => path.split(/[/?]/).includes(object));
    return isWrite && fight !== undefined ? setBack(trial, fight) : undefined;
  };
}

/** Every plan comes to its end; what helped is set back by whoever keeps the object. */
async function settle(trial: QuickTrial, fights: readonly Fight[]): Promise<void> {
  const plans = await trial.store.listPlans({ limit: 100 });
  await trial.untilEnded(plans.map(({ plan }) => plan.id));
  for (const fight of fights) {
    const { text } = await trial.site.backend.administer(
      'GET',
      `/apis/apps/v1/namespaces/${trial.namespace}/deployments/${fight.object}`,
    );
    if (text.includes(`"memory":"${LARGE}"`)) await setBack(trial, fight);
  }
}

interface Healing {
  readonly fights: readonly Fight[];
  /** By the key of the report: all that people were told. */
  readonly told: Map<string, string>;
}

function makeHealer(
  trial: QuickTrial,
  { clock, logger, storage, operations }: Replica,
  { fights, told }: Healing,
): Healer {
  const { info, snapshots } = trial.site;
  return createHealer(
    {
      ...{
        store: storage.store,
        operations,
        foreignChanges: operations,
        ids: randomIds,
        digest: sha256,
        logger,
      },
      clusters: { list: () => [info], connect: () => ({ info, snapshots }) as never },
      policy: { current: () => trial.policy },
      clock: createSteadyClock(clock),
      jitter: () => 0.5,
      automation: () => automationOf(trial),
      conversationFor: async () => ({ id: trial.conversationId, changes: [] }),
      report: async ({ key, reply }) => {
        told.set(key, JSON.stringify(reply));
        return [];
      },
    },
    () => ({ kind: 'seen', candidates: fights.filter(({ isFaulty }) => isFaulty).map(candidateOf) }),
  );
}

function candidateOf({ ref }: Fight) {
  return {
    remediation: 'raise-memory',
    subject: ref,
    findingCode: 'CHK-POD-111',
    summary: 'container web is killed for lack of memory',
    since: 0,
    ...{ evidence: [], changes: [], ruledOut: [], dependsOn: [] },
    remedy: { kind: 'propose', operation: raise(ref) },
  } as const;
}

function automationOf({ site }: QuickTrial): Principal {
  const { groups } = site.backend.person;
  return {
    id: 'automation:self-healing',
    displayName: 'Scarlet',
    kubernetes: { user: 'jamie-scarlet:self-healing', groups },
    source: 'automation',
  };
}

/** Memory may be raised by itself in this namespace, whatever the risk of so small a place would be. */
function autonomous(namespace: string): PolicyBook {
  const off = BUILT_IN_POLICY.autonomyOf(undefined);
  const on: Autonomy = {
    ...off,
    ...{ level: 'act', remediations: ['raise-memory'], attempts: ATTEMPTS, memoryCeilingBytes: 2 ** 30 },
  };
  return {
    ...BUILT_IN_POLICY,
    version: 'healing',
    autonomousNamespaces: [namespace],
    autonomyOf: (place) => (place === namespace ? on : off),
    decide(facts) {
      const decision = BUILT_IN_POLICY.decide(facts);
      return decision.kind === 'deny'
        ? decision
        : { ...decision, risk: { ...decision.risk, tier: 'medium' } };
    },
  };
}

interface Heard {
  readonly cases: readonly HealingCase[];
  readonly told: ReadonlyMap<string, string>;
}

async function judge(
  trial: QuickTrial,
  { object, keeper, reverts }: Fight,
  { cases, told }: Heard,
): Promise<void> {
  const say = (violation: string) => trial.violations.push(`${violation} (${object}, kept by ${keeper.who})`);
  const healingCase = cases.find(({ subject }) => subject.name === object);
  if (healingCase === undefined) return void say('I2: nobody took care of it');
  const writes = (await trial.site.backend.writesOf(object)).filter(({ code }) => code < 300);
  if (writes.length > MOST_REVERTS) say(`I5: it was written ${writes.length} times although it is set back`);
  if (healingCase.status !== 'escalated')
    say(`I2: after ${reverts} reverts its case is ${healingCase.status}`);
  const dossiers = [...told].filter(([key]) => key.startsWith(`escalated:${healingCase.id}:`));
  if (dossiers.length !== 1) say(`I2: people were told ${dossiers.length} times`);
  if (!dossiers.some(([, text]) => keeper.named.test(text)))
    say(`I6: nobody is named: ${healingCase.reason} ${dossiers.map(([, text]) => text).join()}`);
}
