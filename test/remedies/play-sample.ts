import { CONTROLS } from './controls/all-controls.ts';
import { FAILURES } from './failures/all-failures.ts';
import { runRemedies } from './run-remedies.ts';

/** Plays scenarios by name, all at a time; one line for each that did not end as it must. */
export async function playSample(names: readonly string[]): Promise<readonly string[]> {
  const scenarios = [...FAILURES, ...CONTROLS].filter(({ name }) => names.includes(name));
  if (scenarios.length !== names.length) throw new Error('the sample names something that is no scenario');
  const results = await runRemedies({ scenarios, width: names.length });
  return results
    .filter(({ scenario, verdict }) => verdict !== (scenario.kind === 'failure' ? 'healthy' : 'left alone'))
    .map(({ scenario, verdict, by }) => `${scenario.name}: ${verdict} (${by})`);
}
