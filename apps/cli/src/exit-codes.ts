import type { OpsErrorCode, PlanStatus, Reply } from '@jamie/core';

/** How a command ends, for scripts. Described in docs/cli.md. */
export const EXIT_CODES = { ok: 0, error: 1, usage: 2, refused: 3, notRunning: 4, timedOut: 5 } as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

const BY_TONE: Readonly<Record<Reply['tone'], ExitCode>> = {
  answer: EXIT_CODES.ok,
  refusal: EXIT_CODES.refused,
  error: EXIT_CODES.error,
};

/** The exit code of an answer. */
export function exitCodeOfReply(reply: Reply): ExitCode {
  return BY_TONE[reply.tone];
}

const ENDED_BADLY: ReadonlySet<PlanStatus> = new Set([
  'failed',
  'rolled_back',
  'rollback_failed',
  'inconclusive',
]);

/** The exit code of a plan at its end: ok when it succeeded, error when it went wrong, refused when it never ran. */
export function exitCodeOfPlan(status: PlanStatus): ExitCode {
  if (status === 'succeeded') return EXIT_CODES.ok;
  return ENDED_BADLY.has(status) ? EXIT_CODES.error : EXIT_CODES.refused;
}

const BY_ERROR: Readonly<Partial<Record<OpsErrorCode, ExitCode>>> = {
  invalid_input: EXIT_CODES.usage,
  forbidden: EXIT_CODES.refused,
  policy_denied: EXIT_CODES.refused,
  approval_required: EXIT_CODES.refused,
  approval_denied: EXIT_CODES.refused,
  approval_expired: EXIT_CODES.refused,
  timeout: EXIT_CODES.timedOut,
};

/** The exit code of an error. */
export function exitCodeOfError(code: OpsErrorCode): ExitCode {
  return BY_ERROR[code] ?? EXIT_CODES.error;
}
