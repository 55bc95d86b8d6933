import { startDemoBackend } from '../backends/demo-backend.ts';
import type { FaultOptions } from '../options.ts';
import { planSlackTrials, runSlackCampaign } from './slack-campaign.ts';
import { tableOfTrials } from './slack-report.ts';

const ALL_TRIALS = 1_000;
const SAMPLE_TRIALS = 40;
/** More worlds than this in one process only wait for each other. */
const MOST_WORLDS = 4;

/** `npm run faults -- slack`: returns how many trials there were and what did not hold. */
export async function runSlackFaults(options: FaultOptions): Promise<{ trials: number; violations: number }> {
  const { seed, isAll, trial } = options;
  const count = options.trials ?? (isAll ? ALL_TRIALS : SAMPLE_TRIALS);
  const planned = trial === undefined ? planSlackTrials(count) : planSlackTrials(trial).slice(-1);
  const backend = await startDemoBackend();
  try {
    const results = await runSlackCampaign(backend, {
      seed,
      trials: planned,
      width: Math.min(options.width, MOST_WORLDS, planned.length),
      onResult({ family, trial: number, violations, durationMs, faults }, done) {
        const verdict = violations.length === 0 ? 'ok' : 'VIOLATED';
        const seconds = (durationMs / 1_000).toFixed(1);
        console.log(`${done} (of ${planned.length}) ${family}, trial ${number}: ${verdict}, ${seconds} s`);
        if (violations.length === 0) return;
        for (const { kind, what } of violations) console.log(`  ${kind}: ${what}`);
        console.log(`  faults: ${JSON.stringify(faults)}`);
        console.log(`  replay: npm run faults -- slack --seed ${seed} --trial ${number}`);
      },
    });
    console.log(`\n${tableOfTrials(results)}\n`);
    const violations = results.reduce((sum, result) => sum + result.violations.length, 0);
    return { trials: results.length, violations };
  } finally {
    await backend.stop();
  }
}
