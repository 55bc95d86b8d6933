import type { SlackEmulator } from '@jamie/testing';
import { payloadOfCall, validateWithPythonSdk } from './second-validator.ts';

/** Throws with what Slack's Python SDK says against the messages and views that a program has sent. */
export function judgeSentPayloads(slack: SlackEmulator): void {
  const sent = slack.calls.flatMap(({ method, args }) => {
    const payload = payloadOfCall(args);
    return payload === undefined ? [] : [{ method, payload }];
  });
  if (sent.length === 0) return;
  const verdicts = validateWithPythonSdk(sent.map(({ payload }) => payload));
  const faults = sent.flatMap(({ method, payload }, index) =>
    (verdicts[index] ?? []).map(
      (fault) => `${method}: ${fault} in ${JSON.stringify(payload).slice(0, 2_000)}`,
    ),
  );
  if (faults.length > 0) throw new Error(`Slack's Python SDK finds fault:\n${faults.slice(0, 5).join('\n')}`);
}
