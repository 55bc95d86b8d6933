/**
 * `npm run remedies`: 40 common failures, each of which a person has to end with what the product proposes first, and 20
 * things that have to be left alone (docs/remedies.md). `--only NAME` (again for more), `--backend demo|real`,
 * `--width N` (at a time on each cluster).
 */
import { parseArgs } from 'node:util';
import { whyNoControlPlane } from '../control-plane/assets.ts';
import type { BackendName } from './bench.ts';
import { CONTROLS } from './controls/all-controls.ts';
import { FAILURES } from './failures/all-failures.ts';
import { reportOn } from './report.ts';
import { runRemedies } from './run-remedies.ts';

const ALL = [...FAILURES, ...CONTROLS];

function chosen() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      backend: { type: 'string' },
      width: { type: 'string', default: '6' },
    },
  });
  const unknown = (values.only ?? []).filter((name) => ALL.every((each) => each.name !== name));
  if (unknown.length > 0) throw new Error(`--only names a scenario, not ${unknown.join(', ')}`);
  const { backend } = values;
  if (backend !== undefined && !isBackend(backend))
    throw new Error(`--backend is demo or real, not ${backend}`);
  if (!/^[1-9]\d?$/.test(values.width))
    throw new Error(`--width is a number from 1 to 99, not ${values.width}`);
  const scenarios = ALL.filter(
    ({ name, on }) =>
      (values.only === undefined || values.only.includes(name)) && (backend === undefined || on === backend),
  );
  return { scenarios, width: Number(values.width) };
}

function isBackend(word: string): word is BackendName {
  return word === 'demo' || word === 'real';
}

async function main(): Promise<void> {
  const { scenarios, width } = chosen();
  const reason = scenarios.some(({ on }) => on === 'real') ? whyNoControlPlane() : undefined;
  if (reason !== undefined)
    throw new Error(`no real API server can be had: ${reason}. To do without: --backend demo`);
  let done = 0;
  const results = await runRemedies({
    scenarios,
    width,
    onResult({ scenario, verdict, by, seconds }) {
      done += 1;
      console.log(`${done} of ${scenarios.length} ${scenario.name}: ${verdict}, ${seconds} s (${by})`);
    },
  });
  const { table, summary, isGood } = reportOn(results);
  console.log(`\n${table}\n\n${summary}`);
  process.exitCode = isGood ? 0 : 1;
}

await main();
