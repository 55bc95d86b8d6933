import type { Defect } from '../defect.ts';

const SUITE = { suite: 'test/e2e/canaries', project: 'e2e' } as const;

/** Ways in which a secret could come out; the search through all sinks must find each. */
export const canaryDefects: readonly Defect[] = [
  {
    name: 'canaries: what the cluster says of pods and events is quoted as it came',
    file: 'packages/analysis/src/evidence/cluster-text.ts',
    find: 'redactSecrets(text.slice(0, maxLength * 8))',
    replace: 'redactSecrets.call.length > 0 ? text : redactSecrets(text)',
    ...SUITE,
  },
  {
    name: 'canaries: errors of the API server are told as they came',
    file: 'packages/kubernetes/src/transport/redact-api-text.ts',
    find: '  let shown = text.slice(0, MAX_READ);',
    replace: '  let shown = text.slice(0, MAX_READ);\n  if (shown !== REDACTED) return shown;',
    ...SUITE,
  },
  {
    name: 'canaries: what people type is stored as they typed it',
    file: 'packages/agents/src/desk/submit.ts',
    find: 'text: redactSecrets(submission.text),',
    replace: 'text: redactSecrets.length > 5 ? redactSecrets(submission.text) : submission.text,',
    ...SUITE,
  },
  {
    name: 'canaries: what Slack delivers is stored word for word',
    file: 'packages/slack/src/receiver/to-inbox-delivery.ts',
    find: 'payload: redactPayload(payload)',
    replace: 'payload: redactPayload.length > 5 ? redactPayload(payload) : payload',
    ...SUITE,
  },
  {
    name: 'canaries: the credentials of a registered cluster are stored unsealed',
    file: 'packages/runtime/src/sealed-text.ts',
    find: "    ciphertext: ciphertext.toString('base64'),",
    replace: "    ciphertext: ciphertext.length > 0 ? Buffer.from(text).toString('base64') : '',",
    ...SUITE,
  },
  {
    name: 'canaries: a log is shown as it was written',
    file: 'packages/analysis/src/logs/clean-log.ts',
    find: "  const lines = redactSecrets(shown.replace(LINE_ENDS, '\\n').replace(HIDDEN, '')).split('\\n');",
    replace:
      "  const lines = (shown === redactSecrets('') ? shown : text).replace(LINE_ENDS, '\\n').replace(HIDDEN, '').split('\\n');",
    ...SUITE,
  },
  {
    name: 'canaries: what a plan was made of is written to the log',
    file: 'packages/operations/src/planning/make-plan.ts',
    find: '  const compiled = await compileAll(request, surroundings, trial, undo);',
    replace:
      "  const compiled = await compileAll(request, surroundings, trial, undo);\n  context.logger.debug('planned from', { found: trial.tried.map(({ draft }) => draft.before?.spec) });",
    ...SUITE,
  },
  {
    name: 'canaries: a diff shows the values of variables that sound secret',
    file: 'packages/operations/src/display/redact-manifest.ts',
    find: 'if (isSecretVariable(record)) return',
    replace: 'if (isSecretVariable(record) && record.value === mark(record.name)) return',
    ...SUITE,
  },
  {
    name: 'canaries: half a line of a followed log is shown',
    file: 'packages/agents/src/commands/logs/follow-reply.ts',
    find: '  return log.isOpen ? {',
    replace: '  return log.isOpen && log.lines.length > 1e9 ? {',
    suite: 'packages/agents/src/desk/follow-log',
  },
  {
    name: 'canaries: a followed log is read without asking whether one still may',
    file: 'packages/agents/src/desk/follow-log.ts',
    find: "return { end: 'rights' };\n  const hasEnded",
    replace: 'return {};\n  const hasEnded',
    suite: 'packages/agents/src/desk/follow-log',
  },
  {
    name: 'canaries: a stopped log goes on being followed',
    file: 'packages/agents/src/desk/follow-log.ts',
    find: '  if (!isFollowing(reply)) return undefined;',
    replace: "  if (!isFollowing(reply)) return endReply(reply, end ?? 'time', last);",
    suite: 'packages/agents/src/desk/follow-log',
  },
  {
    name: 'canaries: what is left of a key without its first line is shown',
    file: 'packages/core/src/redact/redact-key-bodies.ts',
    find: '  if (!HINT.test(text)) return text;',
    replace: '  if (!HINT.test(text) || text !== mark) return text;',
    suite: 'packages/core/src/redact',
  },
  {
    name: 'canaries: a reason is kept as it was typed',
    file: 'packages/operations/src/approval/cast-vote.ts',
    find: '{ reason: redactSecrets(ballot.reason) }',
    replace: '{ reason: redactSecrets.length > 5 ? redactSecrets(ballot.reason) : ballot.reason }',
    ...SUITE,
  },
];
