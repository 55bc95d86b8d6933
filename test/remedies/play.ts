import { setTimeout as sleep } from 'node:timers/promises';
import { isTerminal } from '@jamie/core';
import { Bench, type RemedyCluster } from './bench.ts';
import { isDiagnosis, type Product, type Treatment } from './product.ts';
import type { Control, Failure, ScenarioResult } from './scenario.ts';

/** The product says nothing of what has just begun: people look first, and ask again. */
const FIRST_ASK_MS = 16_000;
const ASK_AGAIN_MS = 10_000;
/** After this a person looks for help elsewhere. */
const PROPOSED_WITHIN_MS = 170_000;
const HEALTHY_WITHIN_MS = 45_000;
/** A fault has to stay for a minute before anything happens by itself. */
const HEALED_WITHIN_MS = 240_000;
const LOOK_EVERY_MS = 500;
/** Longer than every grace time but that of rollouts which stand still. */
const DWELL_MS = 40_000;

interface Stage {
  readonly bench: Bench;
  readonly product: Product;
  readonly channel: string;
  readonly subject: string;
}

/** Plays one scenario from its beginning to its verdict. Never rejects: what went wrong is the verdict. */
export async function play(
  scenario: Failure | Control,
  cluster: RemedyCluster,
  product: Product,
): Promise<ScenarioResult> {
  const begunAt = performance.now();
  const outcome = await judge(scenario, cluster, product).catch((error: unknown) => ({
    verdict: 'error' as const,
    by: error instanceof Error ? error.message.slice(0, 300).replaceAll(/\s+/g, ' ') : String(error),
  }));
  return { scenario, ...outcome, seconds: Math.round((performance.now() - begunAt) / 1_000) };
}

type Judgement = Pick<ScenarioResult, 'verdict' | 'by'>;

async function judge(
  scenario: Failure | Control,
  cluster: RemedyCluster,
  product: Product,
): Promise<Judgement> {
  const namespace = scenario.namespace ?? scenario.name;
  if (scenario.namespace === undefined) await cluster.createNamespace(namespace);
  else await cluster.letOperate(namespace);
  const bench = new Bench(cluster, namespace);
  await scenario.begin(bench);
  const subject = typeof scenario.subject === 'string' ? scenario.subject : scenario.subject(bench);
  const stage = { bench, product, channel: product.newChannel(), subject };
  if (scenario.kind !== 'failure') return leaveAlone(scenario, stage);
  return scenario.way === 'automatic' ? watchItHeal(scenario, stage) : treat(scenario, stage);
}

async function treat(scenario: Failure, stage: Stage): Promise<Judgement> {
  const { bench } = stage;
  if (await scenario.isHealthy(bench)) throw new Error('it was not broken to begin with');
  const readyBefore = await bench.readyPods();
  const treatment = await treatOnce(stage);
  if (treatment.kind === 'ended') await isSoWithin(() => scenario.isHealthy(bench), HEALTHY_WITHIN_MS);
  const by = describe(treatment);
  if (await scenario.isHealthy(bench)) return { verdict: 'healthy', by };
  const isWorse = treatment.kind === 'ended' && (await bench.readyPods()) < readyBefore;
  return { verdict: isWorse ? 'harm' : 'not healthy', by };
}

/** Nobody asks and nobody approves. */
async function watchItHeal(scenario: Failure, { bench, product, subject }: Stage): Promise<Judgement> {
  if (await scenario.isHealthy(bench)) throw new Error('it was not broken to begin with');
  const readyBefore = await bench.readyPods();
  const name = subject.split('/').at(-1) ?? '';
  const isOver = async (): Promise<boolean> => {
    const record = product.healingIn(bench.namespace, name);
    return record !== undefined && isTerminal(record.status) && (await scenario.isHealthy(bench));
  };
  const isHealthy = await isSoWithin(isOver, HEALED_WITHIN_MS);
  const record = product.healingIn(bench.namespace, name);
  const by =
    record === undefined ? 'nothing done by itself' : `${record.plan.headline}, by itself: ${record.status}`;
  if (isHealthy) return { verdict: 'healthy', by };
  return { verdict: (await bench.readyPods()) < readyBefore ? 'harm' : 'not healthy', by };
}

/** Whether it became so in time: that it did not is a verdict, and no error. */
async function isSoWithin(isSo: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) return false;
    await sleep(LOOK_EVERY_MS);
  }
  return true;
}

/** Asks until something is proposed, and follows that. */
async function treatOnce({ product, channel, subject, bench }: Stage): Promise<Treatment> {
  const begunAt = performance.now();
  await sleep(FIRST_ASK_MS);
  for (;;) {
    const answer = await product.why(channel, subject, bench.namespace);
    const isLate = performance.now() - begunAt > PROPOSED_WITHIN_MS;
    if (product.firstProposal(answer) !== undefined || isLate) return product.follow(channel, answer);
    await sleep(ASK_AGAIN_MS);
  }
}

async function leaveAlone(scenario: Control, stage: Stage): Promise<Judgement> {
  const { bench, product, channel, subject } = stage;
  const { cluster, namespace } = bench;
  const touched = () => cluster.writes().filter((write) => isOf(write, namespace, subject)).length;
  const [writesBefore, readyBefore] = [touched(), await bench.readyPods()];
  await sleep(DWELL_MS);
  const answer = await product.why(channel, subject, namespace);
  if (!isDiagnosis(answer)) throw new Error('it was not diagnosed');
  const label = product.firstProposal(answer);
  if (scenario.kind === 'healthy' && label !== undefined)
    return { verdict: 'harm', by: `proposed: ${label}` };
  const by = describe(await product.follow(channel, answer));
  if (touched() > writesBefore) return { verdict: 'harm', by };
  return { verdict: (await bench.readyPods()) < readyBefore ? 'harm' : 'left alone', by };
}

function isOf(
  write: { readonly namespace: string; readonly name: string },
  namespace: string,
  subject: string,
): boolean {
  return write.namespace === namespace || (write.namespace === '' && subject === `node/${write.name}`);
}

function describe(treatment: Treatment): string {
  switch (treatment.kind) {
    case 'nothing_proposed':
      return `nothing proposed: ${treatment.said}`;
    case 'refused':
      return `${shown(treatment.label)}: refused`;
    case 'declined':
      return `${shown(treatment.label)}: declined, the card names another owner`;
    case 'ended':
      return `${shown(treatment.label)}: ${treatment.status}`;
  }
}

function shown(label: string): string {
  return label.replace(/^Plan: /, '');
}
