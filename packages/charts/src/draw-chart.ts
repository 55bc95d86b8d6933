import { Worker } from 'node:worker_threads';
import { type Clock, isOpsError, OpsError, type ReplyChart } from '@jamie/core';

const ENTRY = new URL('./draw-chart.entry.ts', import.meta.url);
const TIMEOUT_MS = 15_000;
const NOT_DRAWN = 'The picture could not be drawn; its numbers stand in the table.';

/**
 * Draws a chart as a PNG picture, with a font of its own and nothing of the machine's. Works in a thread that ends
 * with it: drawing takes half a second and 150 MB, and neither shall stay. Fails with internal or timeout (15 s).
 */
export async function drawChart(chart: ReplyChart, clock: Clock): Promise<Uint8Array> {
  const worker = new Worker(ENTRY, {
    workerData: chart,
    // A test runner's own flags must not reach the thread.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const patience = new AbortController();
  try {
    return await Promise.race([pictureOf(worker), tooLate(clock, patience.signal)]);
  } finally {
    patience.abort();
    await worker.terminate();
  }
}

function pictureOf(worker: Worker): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    worker.once('message', (png: Uint8Array) => resolve(png));
    worker.once('error', (cause) =>
      reject(new OpsError('internal', 'a chart could not be drawn', { cause, userMessage: NOT_DRAWN })),
    );
    worker.once('exit', () =>
      reject(new OpsError('internal', 'a chart ended without a picture', { userMessage: NOT_DRAWN })),
    );
  });
}

async function tooLate(clock: Clock, signal: AbortSignal): Promise<never> {
  try {
    await clock.sleep(TIMEOUT_MS, signal);
  } catch (error) {
    if (!isOpsError(error, 'cancelled')) throw error;
  }
  throw new OpsError('timeout', 'a chart took too long to draw');
}
