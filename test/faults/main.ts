/**
 * `npm run faults`: kills the real program with SIGKILL at every boundary between a mention and its outcome, on the demo
 * cluster and on a real API server, plays quick trials of every family, lets Slack misbehave, kills two replicas under load,
 * lets faults of every kind arrive at two more, and checks what must hold (docs/faults.md). Default: a seeded sample of all of it.
 * `--all`: everything. `boundaries`, `quick`, `slack`, `replicas` or `soak`: only that. `--resume`: trials that a run of this seed has written down are not played again.
 * `--family F7`: only that of the quick ones. `--backend demo|real`, `--queue embedded|redis`, `--store sqlite|mongodb`,
 * `--change NAME`, `--seed N`, `--boundary NAME`, `--width N` (trials at a time), `--trials N`, `--trial N`, `--minutes N`.
 */
import { type FaultOptions, readOptions } from './options.ts';
import { type Outcome, totalOf } from './outcome.ts';
import { runQuickFaults } from './quick/main.ts';
import { runTwoReplicas } from './replicas/main.ts';
import { runBoundaries } from './run-boundaries.ts';
import { runSlackFaults } from './slack/main.ts';
import { runSoak } from './soak/main.ts';

type Suite = (options: FaultOptions) => Promise<Outcome>;

const SUITES: Readonly<Record<Exclude<FaultOptions['suite'], 'all'>, Suite>> = {
  boundaries: runBoundaries,
  quick: runQuickFaults,
  slack: runSlackFaults,
  replicas: runTwoReplicas,
  soak: runSoak,
};

function suitesOf({ suite, boundary }: FaultOptions): readonly Suite[] {
  if (suite !== 'all') return [SUITES[suite]];
  return boundary === undefined ? Object.values(SUITES) : [runBoundaries];
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  console.log(`seed ${options.seed}`);
  const outcomes: Outcome[] = [];
  for (const run of suitesOf(options)) outcomes.push(await run(options));
  for (const { summary } of outcomes) console.log(summary);
  console.log(totalOf(outcomes, options.seed));
  // What a process of a trial left open, abandoned as it was, must not keep this one alive.
  process.exit(outcomes.every(({ isGood }) => isGood) ? 0 : 1);
}

await main();
