import { Campaign, type Progress } from './campaign.ts';
import { Journal } from './journal.ts';
import type { FaultOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import { reportOn } from './report.ts';
import { onBackends, refuseWithoutRedis } from './start-backends.ts';
import { columnOf, replayOf, rowOf, type TrialResult } from './trial.ts';

/** `npm run faults -- boundaries`: the real program killed and stopped at every boundary between a mention and its outcome. */
export function runBoundaries(options: FaultOptions): Promise<Outcome> {
  const { seed } = options;
  refuseWithoutRedis(options);
  const journal = Journal.open<TrialResult>(options, 'boundaries');
  return onBackends(options, async (backends) => {
    const campaign = new Campaign(backends, options, journal, showProgress(seed));
    await campaign.run();
    const report = reportOn(campaign.planned, campaign.results, seed);
    console.log(`\n${report.table}\n`);
    for (const problem of report.problems) console.log(`PROBLEM ${problem}`);
    return report;
  });
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
