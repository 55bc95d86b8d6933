/**
 * `npm run faults`: kills the real program with SIGKILL at every boundary between a mention and its outcome, on the demo
 * cluster and on a real API server, lets Slack misbehave, kills two replicas under load, and checks what must hold
 * (docs/faults.md). Default: a seeded sample of all of it. `--all`: everything. `boundaries`, `quick`, `slack` or `replicas`:
 * only that. `--resume`: quick trials go on where the run of this seed was stopped. `--family F7`: only that of the quick ones.
 * `--backend demo|real`, `--queue embedded|redis`, `--store sqlite|mongodb`, `--change NAME`, `--seed N`, `--boundary NAME`,
 * `--width N` (trials at a time), `--trials N`, `--trial N`, `--minutes N`.
 */
import { fileURLToPath } from 'node:url';
import { whyNoControlPlane } from '../control-plane/assets.ts';
import { whyNoRedis } from '../support/redis-server.ts';
import type { Backend } from './backends/backend.ts';
import { startDemoBackend } from './backends/demo-backend.ts';
import { startRealBackend } from './backends/real-backend.ts';
import { Campaign, type Progress } from './campaign.ts';
import { type FaultOptions, readOptions } from './options.ts';
import { runQuickFaults } from './quick/main.ts';
import { runReplicas } from './replicas/main.ts';
import { reportOn } from './report.ts';
import { runSlackFaults } from './slack/main.ts';
import { columnOf, replayOf, rowOf } from './trial.ts';

const START: Readonly<Record<Backend['name'], () => Promise<Backend>>> = {
  demo: startDemoBackend,
  real: startRealBackend,
};

/** On a machine that can have no control plane the run says so; in CI that is a failure. */
function possibleBackends(options: FaultOptions): readonly Backend['name'][] {
  const reason = whyNoControlPlane();
  if (reason === undefined || !options.backends.includes('real')) return options.backends;
  if (process.env['CI'] === 'true') throw new Error(`the real API server cannot be had: ${reason}`);
  console.log(`NOT RUN: nothing runs on the real API server: ${reason}.`);
  return options.backends.filter((name) => name !== 'real');
}

function showProgress(seed: number): Progress {
  return ({ spec, violations, isReached, durationMs }, done, planned) => {
    const seconds = (durationMs / 1_000).toFixed(1);
    const verdict = violations.length > 0 ? 'VIOLATED' : isReached ? 'ok' : 'the fault did not happen';
    console.log(
      `${done} (of ${planned}) ${columnOf(spec)}, ${rowOf(spec)} (${spec.boundary}): ${verdict}, ${seconds} s`,
    );
    for (const violation of violations) console.log(`  ${violation}\n  replay: ${replayOf(spec, seed)}`);
  };
}

/** Nothing is left out in silence: whoever has no Redis says so. */
function refuseWithoutRedis({ queues }: FaultOptions): void {
  const reason = queues.includes('redis') ? whyNoRedis() : undefined;
  if (reason === undefined) return;
  throw new Error(`no trial can run on Redis: ${reason}. To do without: --queue embedded`);
}

interface Outcome {
  readonly summary: string;
  readonly isGood: boolean;
}

async function runBoundaries(options: FaultOptions): Promise<Outcome> {
  const { seed } = options;
  refuseWithoutRedis(options);
  const names = possibleBackends(options);
  const backends = await Promise.all(names.map((name) => START[name]()));
  const campaign = new Campaign(backends, options, showProgress(seed));
  try {
    await campaign.run();
  } finally {
    await Promise.all(backends.map((backend) => backend.stop()));
  }
  const report = reportOn(campaign.planned, campaign.results, seed);
  console.log(`\n${report.table}\n`);
  for (const problem of report.problems) console.log(`PROBLEM ${problem}`);
  return { summary: report.summary, isGood: report.problems.length === 0 };
}

/** Where quick trials are written down, one file for each seed. */
const JOURNAL = fileURLToPath(new URL('../../.faults', import.meta.url));

async function runQuick(options: FaultOptions): Promise<Outcome> {
  refuseWithoutRedis({ ...options, queues: ['redis'] });
  const names = possibleBackends(options);
  const backends = await Promise.all(names.map((name) => START[name]()));
  try {
    return await runQuickFaults({ ...options, journal: JOURNAL }, backends);
  } finally {
    await Promise.all(backends.map((backend) => backend.stop()));
  }
}

async function runSlack(options: FaultOptions): Promise<Outcome> {
  const { trials, violations } = await runSlackFaults(options);
  const summary = `seed ${options.seed}: ${trials} Slack trials, ${violations} violations`;
  return { summary, isGood: trials > 0 && violations === 0 };
}

const FULL_MINUTES = 10;
/** A look at two replicas that belongs to every sample. */
const SAMPLE_SECONDS = 30;

async function runTwoReplicas({ suite, isAll, minutes, seed }: FaultOptions): Promise<Outcome> {
  const isFull = isAll || suite === 'replicas';
  const seconds = 60 * (minutes ?? (isFull ? FULL_MINUTES : SAMPLE_SECONDS / 60));
  const report = await runReplicas({ seed, durationMs: seconds * 1_000 });
  for (const problem of report.problems) console.log(`PROBLEM ${problem}`);
  const { asked, kills, refreshes, redelivered, lost, doubled, wrongEffects, refusedBySlack } = report;
  return {
    summary: `seed ${seed}: two replicas for ${seconds} s, ${asked} asked for, ${kills} kills (kill -9), ${refreshes} refreshes of the sockets, ${redelivered} delivered again, ${refusedBySlack} that Slack itself reported as failed; ${lost.length} lost, ${doubled.length} doubled, ${wrongEffects.length} wrong effects, ${report.problems.length} violations`,
    isGood: asked > 0 && kills > 0 && report.problems.length === 0,
  };
}

function suitesOf({ suite, boundary, isAll }: FaultOptions) {
  if (suite === 'slack') return [runSlack];
  if (suite === 'replicas') return [runTwoReplicas];
  if (suite === 'quick') return [runQuick];
  if (suite !== 'all' || boundary !== undefined) return [runBoundaries];
  return [runBoundaries, ...(isAll ? [runQuick] : []), runSlack, runTwoReplicas];
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  console.log(`seed ${options.seed}`);
  const outcomes: Outcome[] = [];
  for (const run of suitesOf(options)) outcomes.push(await run(options));
  for (const { summary } of outcomes) console.log(summary);
  // What a process of a trial left open, abandoned as it was, must not keep this one alive.
  process.exit(outcomes.every(({ isGood }) => isGood) ? 0 : 1);
}

await main();
