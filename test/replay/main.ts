/**
 * Replays recorded runs on the code of today and prints what differs: `npm run replay`, or with names only those.
 * `npm run replay -- --record name…` plays the events of these runs and writes down what they bring about now: read the
 * difference before it is committed. A new run is a file with events whose effects are empty.
 */
import { compareEffects } from './compare-effects.ts';
import { playRun } from './play-run.ts';
import { listRuns, loadRun, saveRun } from './run-files.ts';

const words = process.argv.slice(2);
const records = words.includes('--record');
const named = words.filter((word) => !word.startsWith('--'));
const names = named.length === 0 && !records ? listRuns() : named;
let different = 0;
for (const name of names) {
  const run = loadRun(name);
  const effects = await playRun(run);
  const found = compareEffects(run, effects);
  if (found.length > 0) different += 1;
  console.log(`${found.length === 0 ? 'same      ' : 'different '} ${name}: ${run.about}`);
  for (const each of found) console.log(`           ${each}`);
  if (records)
    saveRun(name, {
      ...run,
      steps: run.steps.map(({ event }, index) => ({ event, effects: effects[index] ?? {} })),
    });
}
if (names.length === 0) console.log('no run was named or found: nothing was replayed');
console.log(
  `${names.length - different} of ${names.length} as recorded${records ? '; written down anew' : ''}`,
);
process.exitCode = names.length > 0 && (records || different === 0) ? 0 : 1;
