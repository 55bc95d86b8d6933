/**
 * The emulated Slack of the acknowledgement benchmark, in a process of its own: what it measures is not disturbed by
 * the program that it measures. Says where it listens, sends the load when told to, reports, ends.
 */
import { createSlackEmulator, type SlackEmulator } from '@jamie/testing';
import type { EndOrder, LoadOrder, SlackReport } from './acknowledgement-messages.ts';

const CHANNELS = 20;

function tell(message: unknown): void {
  process.send?.(message);
}

async function sendLoad(slack: SlackEmulator, order: LoadOrder): Promise<void> {
  const intervalMs = 1_000 / order.eventsPerSecond;
  const startedAt = performance.now();
  for (let count = 0; count < order.events; count += 1) {
    const user = `U${count % CHANNELS}`;
    slack.say({ user, channel: `D${count % CHANNELS}`, text: `event ${count}` });
    const dueAt = startedAt + (count + 1) * intervalMs;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
  }
  await slack.waitFor(() => slack.hub.pending === 0, 60_000);
}

const slack = createSlackEmulator({ mode: 'socket' });
await slack.start();
process.on('message', async (order: LoadOrder | EndOrder) => {
  if (order.kind === 'end') {
    await slack.stop();
    process.disconnect?.();
    return;
  }
  await sendLoad(slack, order);
  const report: SlackReport = {
    kind: 'report',
    latenciesMs: slack.acknowledgements.map((acknowledgement) => acknowledgement.latencyMs),
    redelivered: slack.acknowledgements.filter((acknowledgement) => acknowledgement.attempt > 0).length,
  };
  tell(report);
});
tell({ kind: 'ready', apiUrl: slack.apiUrl, botToken: slack.botToken, appToken: slack.appToken });
