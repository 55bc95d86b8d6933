import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationRequest, PlanRecord } from '@jamie/core';
import { deployment } from '../../backends/deployments.ts';
import { trialObjects } from '../../changes/trial-objects.ts';
import { approveAll, endsOf } from '../ask-for-plans.ts';
import type { Played } from '../family.ts';
import { type QuickTrial, TIMING } from '../quick-trial.ts';

const PLANS = 2;
/** What is gone once the new image was rolled out, of what the way back needs or may seem to need. */
const LOSSES = ['image', 'image', 'ConfigMap', 'revision'] as const;
type Loss = (typeof LOSSES)[number];
/** What else happens once the way back was written. */
const SECONDS = ['nothing', 'nothing', 'a person', 'a death', 'a failing node'] as const;
type Second = (typeof SECONDS)[number];
/** Long enough for a rollout of one pod that works, by the clock of the trial. */
const VERIFY_WITHIN_MS = 20_000;
/** Pods crash in the time of the wall, a second or so after they have begun: the watch has to last longer than that. */
const WATCH_SCALE = 0.05;
/** So long, by the wall, nothing more must happen. */
const QUIET_MS = 1_200;

/**
 * A new image crashes, so the change is taken back; meanwhile what the former pods were made of is gone. No process
 * writes anything more, and people are told how it stands.
 */
export async function loseWayBack(trial: QuickTrial): Promise<Played> {
  const { dice } = trial;
  const loss = dice.oneOf(LOSSES);
  const second = dice.oneOf(SECONDS);
  trial.timing = {
    ...trial.timing,
    verifyWithinMs: VERIFY_WITHIN_MS,
    failFastAfterMs: TIMING.failFastAfterMs / 2,
    watchScale: WATCH_SCALE,
  };
  await trial.begin();
  const targets = await Promise.all(Array.from({ length: PLANS }, () => makeTarget(trial)));
  const records = await Promise.all(targets.map(({ operation }) => trial.propose(operation)));
  const lost = loseAtTheWrite(trial, targets, loss);
  const met = meetSecond(trial, second);
  await approveAll(
    trial,
    records.map((record) => ({ record, parts: [] })),
  );
  await sleep(QUIET_MS);
  const ended = await Promise.all(records.map(({ plan }) => trial.read(plan.id)));
  for (const record of ended) await judge(trial, record, { loss, second });
  return {
    faults: lost() === PLANS ? PLANS : 0,
    trials: PLANS,
    expected: { isTouched: true },
    ended: `${loss} gone, ${second} (${met()}): ${endsOf(ended)}`,
  };
}

interface Target {
  readonly object: string;
  readonly image: string;
  readonly operation: OperationRequest;
}

/** A Deployment whose pods are all replaced at once, with an image and a ConfigMap of its own. */
async function makeTarget(trial: QuickTrial): Promise<Target> {
  const { namespace } = trial;
  const objects = trialObjects(trial.site.backend);
  const object = `${trial.name}-${trial.nextPart()}`;
  const image = `registry.example/${object}:1.0.0`;
  const target = { kind: 'Deployment', namespace, name: object } as const;
  const operation = {
    kind: 'set_image',
    target,
    container: 'web',
    image: `registry.example/${object}:crash-2`,
  } as const;
  trial.parts.push(
    { collection: 'deployments', object, operation },
    { collection: 'configmaps', object, operation },
  );
  await objects.create('configmaps', { metadata: { name: object }, ...{ data: { mode: 'old' } } });
  const made = deployment(object, 1);
  const [container] = made.spec.template.spec.containers;
  const envFrom = [{ configMapRef: { name: object } }];
  const containers = [{ ...container, image, imagePullPolicy: 'Always', envFrom }];
  const template = { ...made.spec.template, spec: { containers } };
  await objects.create('deployments', {
    ...made,
    ...{ spec: { ...made.spec, strategy: { type: 'Recreate' }, template } },
  });
  await trial.until(
    'the Deployment is ready',
    async () => (await trial.site.backend.readDeployment(object)).readyReplicas === 1,
  );
  return { object, image, operation };
}

/** Once the new image is written, what is to be gone is. Returns of how many targets. */
function loseAtTheWrite(trial: QuickTrial, targets: readonly Target[], loss: Loss): () => number {
  const lost = new Set<string>();
  for (const { proxy } of trial.replicas) {
    proxy.answered = ({ path, isWrite }) => {
      const target = targets.find(({ object }) => path.split(/[/?]/).includes(object));
      if (!isWrite || target === undefined || lost.has(target.object)) return undefined;
      lost.add(target.object);
      return lose(trial, target, loss);
    };
  }
  return () => lost.size;
}

async function lose(trial: QuickTrial, { object, image }: Target, loss: Loss): Promise<void> {
  const { backend } = trial.site;
  if (loss === 'image') backend.deleteImage?.(image);
  if (loss === 'ConfigMap') await trialObjects(backend).removeNow('configmaps', object);
  if (loss !== 'revision') return;
  const sets = `/apis/apps/v1/namespaces/${trial.namespace}/replicasets`;
  const { text } = await backend.administer('GET', `${sets}?labelSelector=app%3D${object}`);
  const { items } = JSON.parse(text) as { readonly items: readonly SetOfRevision[] };
  for (const { metadata } of items.filter(isFormer))
    await backend.administer('DELETE', `${sets}/${metadata.name}`);
}

interface SetOfRevision {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}

function isFormer({ metadata }: SetOfRevision): boolean {
  return metadata.annotations?.['deployment.kubernetes.io/revision'] === '1';
}

/** Something else happens while the rollback is verified. Returns how often it did. */
function meetSecond(trial: QuickTrial, second: Second): () => number {
  let met = 0;
  trial.onBoundary = (replica, name) => {
    if (!name.startsWith('commit:plan.rollback_applied:after') || met >= PLANS) return;
    met += 1;
    if (second === 'a death') replica.die();
    if (second === 'a person')
      changeAll(trial).catch((error: unknown) => trial.violations.push(String(error)));
    if (second === 'a failing node')
      endPods(trial).catch((error: unknown) => trial.violations.push(String(error)));
  };
  return () => met;
}

/** Somebody puts an image there that works, while the rollback is verified. */
async function changeAll(trial: QuickTrial): Promise<void> {
  const objects = trialObjects(trial.site.backend);
  for (const { collection, object } of trial.parts) {
    if (collection !== 'deployments') continue;
    const containers = [{ name: 'web', image: PERSONS_IMAGE, imagePullPolicy: 'IfNotPresent' }];
    await objects.change('deployments', object, { spec: { template: { spec: { containers } } } });
  }
}

const PERSONS_IMAGE = 'registry.example/shop/web:2.0.0';

/** The pods that are there go, as those of a node that fails. */
async function endPods(trial: QuickTrial): Promise<void> {
  const objects = trialObjects(trial.site.backend);
  for (const { collection, object } of trial.parts) {
    if (collection !== 'deployments') continue;
    for (const { name } of await objects.podsOf(object))
      await trial.site.backend.administer('DELETE', `/api/v1/namespaces/${trial.namespace}/pods/${name}`);
  }
}

async function judge(
  trial: QuickTrial,
  { plan, status, reason }: PlanRecord,
  { loss, second }: { readonly loss: Loss; readonly second: Second },
): Promise<void> {
  const say = (violation: string) =>
    trial.violations.push(`${violation}: ${plan.id} is ${status}: ${reason}`);
  const audit = await trial.store.listRecentAudit({ planId: plan.id, limit: 200 });
  const begun = audit.filter(({ entry }) => entry.kind === 'plan.rollback_started').length;
  if (begun !== 1) say(`I1: it was rolled back ${begun} times`);
  if (status === 'succeeded') say('I6: it succeeded with an image that crashes');
  const isHealthy = loss === 'revision' && second !== 'a person';
  if (isHealthy && status !== 'rolled_back') say('I6: its way back was there');
  if (!isHealthy && status === 'rolled_back' && second !== 'a person') say('I6: it is not as it was');
  if (status === 'rollback_failed' && !/has to look/.test(reason)) say('I6: nobody is asked to look');
  if (status === 'rollback_failed' && !/0 of 1 ready|was not carried out: /.test(reason))
    say('I6: it is not told how it stands');
  if (status === 'inconclusive' && !/not verified/.test(reason)) say('I6: it is not told what is unknown');
  if (second === 'a person') await judgePersons(trial, plan.steps[0]?.target.ref.name ?? '');
}

/** What somebody did meanwhile stays as it is. */
async function judgePersons(trial: QuickTrial, object: string): Promise<void> {
  const { text } = await trial.site.backend.administer(
    'GET',
    `/apis/apps/v1/namespaces/${trial.namespace}/deployments/${object}`,
  );
  if (!text.includes(PERSONS_IMAGE))
    trial.violations.push(`I4: the image that somebody gave ${object} was overwritten`);
}
