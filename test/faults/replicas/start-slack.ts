import { createSlackEmulator, type SlackEmulator } from '@jamie/testing';

/** Slack as two replicas meet it, over sockets: less patient than the real one, so that what it sends again comes soon. */
export async function startSlackOfReplicas(): Promise<SlackEmulator> {
  const slack = createSlackEmulator({
    mode: 'socket',
    times: { ackTimeoutMs: 1_500, retryDelaysMs: [0, 3_000, 15_000] },
  });
  await slack.start();
  return slack;
}
