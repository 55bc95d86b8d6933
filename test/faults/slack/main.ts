import { startDemoBackend } from '../backends/demo-backend.ts';
import { Journal } from '../journal.ts';
import type { FaultOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import type { SlackTrialResult } from './run-slack-trial.ts';
import { planSlackTrials, runSlackCampaign } from './slack-campaign.ts';
import { tableOfTrials } from './slack-report.ts';

const ALL_TRIALS = 1_000;
const SAMPLE_TRIALS = 16;
/** More worlds than this in one process only wait for each other. */
const MOST_WORLDS = 4;

/** `npm run faults -- slack`: what Slack, its wire and the clock do, to two replicas. */
export async function runSlackFaults(options: FaultOptions): Promise<Outcome> {
  const { seed, isAll, trial } = options;
  const count = options.trials ?? (isAll ? ALL_TRIALS : SAMPLE_TRIALS);
  const planned = trial === undefined ? planSlackTrials(count) : planSlackTrials(trial).slice(-1);
  const journal = Journal.open<SlackTrialResult>(options, 'slack');
  const known = new Set(journal.done.map((result) => result.trial));
  const waiting = planned.filter((each) => !known.has(each.trial));
  const backend = await startDemoBackend();
  try {
    const played = await runSlackCampaign(backend, {
      seed,
      trials: waiting,
      width: Math.min(options.width, MOST_WORLDS, waiting.length),
      onResult(result, count) {
        journal.append(result);
        tell(result, count, waiting.length, seed);
      },
    });
    const results = [...journal.done, ...played];
    console.log(`\n${tableOfTrials(results)}\n`);
    const violations = results.reduce((sum, result) => sum + result.violations.length, 0);
    return {
      summary: `seed ${seed}: ${results.length} Slack trials, ${violations} violations`,
      ...{ trials: results.length, violations },
      isGood: results.length > 0 && violations === 0,
    };
  } finally {
    await backend.stop();
  }
}

function tell(result: SlackTrialResult, done: number, planned: number, seed: number): void {
  const { family, trial, violations, durationMs, faults } = result;
  const verdict = violations.length === 0 ? 'ok' : 'VIOLATED';
  const seconds = (durationMs / 1_000).toFixed(1);
  console.log(`${done} (of ${planned}) ${family}, trial ${trial}: ${verdict}, ${seconds} s`);
  if (violations.length === 0) return;
  for (const { kind, what } of violations) console.log(`  ${kind}: ${what}`);
  console.log(`  faults: ${JSON.stringify(faults)}`);
  console.log(`  replay: npm run faults -- slack --seed ${seed} --trial ${trial}`);
}
