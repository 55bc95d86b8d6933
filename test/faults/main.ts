/**
 * `npm run faults`: kills the real program with SIGKILL at every boundary between a mention and its outcome, on the demo
 * cluster and on a real API server, and checks what must hold (docs/faults.md). Default: a seeded sample that covers every
 * boundary. `--all`: everything. `--backend demo|real`, `--seed N`, `--boundary NAME`, `--width N` (trials at a time).
 */
import { whyNoControlPlane } from '../control-plane/assets.ts';
import type { Backend } from './backends/backend.ts';
import { startDemoBackend } from './backends/demo-backend.ts';
import { startRealBackend } from './backends/real-backend.ts';
import { Campaign, type Progress } from './campaign.ts';
import { type FaultOptions, readOptions } from './options.ts';
import { reportOn } from './report.ts';
import { replayOf, rowOf } from './trial.ts';

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
      `${done} (of ${planned}) ${spec.backend}, ${rowOf(spec)} (${spec.boundary}): ${verdict}, ${seconds} s`,
    );
    for (const violation of violations) console.log(`  ${violation}\n  replay: ${replayOf(spec, seed)}`);
  };
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const { seed } = options;
  console.log(`seed ${seed}`);
  const names = possibleBackends(options);
  const backends = await Promise.all(names.map((name) => START[name]()));
  const campaign = new Campaign(backends, options, showProgress(seed));
  try {
    await campaign.run();
  } finally {
    await Promise.all(backends.map((backend) => backend.stop()));
  }
  const report = reportOn(campaign.planned, campaign.results, names, seed);
  console.log(`\n${report.table}\n`);
  for (const problem of report.problems) console.log(`PROBLEM ${problem}`);
  console.log(report.summary);
  process.exitCode = report.problems.length === 0 ? 0 : 1;
}

await main();
