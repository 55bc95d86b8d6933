/** A process that keeps what it should give back, a little with each message, for the test of whoever has to notice that. */
import { openSync } from 'node:fs';

const [what] = process.argv.slice(2);
const kept: Buffer[] = [];
const FILLED = 1;
const STEP_BYTES = 1_024 ** 2;

process.on('message', (message) => {
  if (what === 'memory') kept.push(Buffer.alloc(STEP_BYTES, FILLED));
  else if (what === 'files') openSync('/dev/null', 'r');
  // What is dropped at once is collected again and again.
  else Buffer.alloc(STEP_BYTES, FILLED);
  process.send?.(message);
});
