/**
 * Plays some worlds of a family of quick faults on the demo cluster, a few at a time, and ends with the first violation:
 * `play-family.entry.ts F7 0 3 8` plays the worlds 0, 3 and 8. Its last line is a JudgedFamily.
 */
import { startDemoBackend } from '../faults/backends/demo-backend.ts';
import { FAMILIES } from '../faults/quick/families/all-families.ts';
import { Lane, openSite } from '../faults/quick/lane.ts';
import { pairOf } from '../faults/quick/plan-worlds.ts';
import { runQuickTrial } from '../faults/quick/run-quick-trial.ts';
import type { JudgedFamily } from './run-family.ts';

const SEED = 1;
const WIDTH = 2;
/** A world that comes to no end is a violation after this; one that does takes a few seconds. */
const LIMIT_MS = 90_000;

const lanes: Lane[] = [];

/** Servers that outlive this process would hold its output open. */
async function end(judged: JudgedFamily): Promise<never> {
  await Promise.allSettled(lanes.map((lane) => lane.close()));
  console.log(JSON.stringify(judged));
  process.exit(0);
}

const [id, ...numbers] = process.argv.slice(2);
const found = FAMILIES.find((each) => each.id === id);
if (found === undefined || numbers.length === 0)
  throw new Error(`no worlds of a family: ${id} ${numbers.join(' ')}`);
const family = { ...found, limitMs: LIMIT_MS };
const waiting = numbers.map(Number);
const backend = await startDemoBackend();
const site = openSite(backend);
await site.snapshots.snapshot();
let trials = 0;

async function work(): Promise<void> {
  const lane = new Lane();
  lanes.push(lane);
  for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) {
    const pair = pairOf(family, trial);
    const spec = { family: family.id, seed: SEED, trial, backend: 'demo', pair } as const;
    const result = await runQuickTrial(family, spec, site, lane);
    const [violation] = result.violations;
    if (violation !== undefined)
      await end({ kind: 'violated', violation: `${family.id} world ${trial}: ${violation}` });
    trials += result.faults === 0 ? 0 : result.trials;
    console.log(`world ${trial} ${pair}: ${result.ended}, ${result.durationMs} ms`);
  }
}

await Promise.all(Array.from({ length: WIDTH }, work));
await end({ kind: 'held', trials });
