/** Every way in which an operation of ours can fail. Closed: docs/errors.md has a heading for each. */
export const OPS_ERROR_CODES = [
  'invalid_input',
  'config_invalid',
  'not_found',
  'conflict',
  'forbidden',
  'policy_denied',
  'approval_required',
  'approval_denied',
  'approval_expired',
  'rate_limited',
  'timeout',
  'cancelled',
  'unavailable',
  'model_output_invalid',
  'verification_failed',
  'rollback_failed',
  'internal',
] as const;

export type OpsErrorCode = (typeof OPS_ERROR_CODES)[number];

export interface OpsErrorOptions {
  /** Whether trying the same thing again may succeed. Default: only for rate_limited, timeout and unavailable. */
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  /** What, why and what to do, for the person who asked; never a stack, never a secret. */
  readonly userMessage?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

const RETRYABLE_BY_DEFAULT: ReadonlySet<OpsErrorCode> = new Set(['rate_limited', 'timeout', 'unavailable']);
const BRAND = Symbol.for('jamie.ops-error');

/** The one error class. Compare `code`, never the class: use isOpsError. */
export class OpsError extends Error {
  override readonly name = 'OpsError';
  readonly [BRAND] = true;
  readonly code: OpsErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly userMessage: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: OpsErrorCode, message: string, options: OpsErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? RETRYABLE_BY_DEFAULT.has(code);
    this.retryAfterMs = options.retryAfterMs;
    this.userMessage = options.userMessage;
    this.details = options.details ?? {};
  }
}

/** Guards by brand, so that it holds across realms and duplicated modules. */
export function isOpsError(error: unknown, code?: OpsErrorCode): error is OpsError {
  if (typeof error !== 'object' || error === null || !(BRAND in error)) return false;
  return code === undefined || (error as OpsError).code === code;
}

/** Turns anything thrown into an OpsError; what is not ours already becomes `internal` with its cause kept. */
export function toOpsError(error: unknown): OpsError {
  if (isOpsError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new OpsError('internal', message, { cause: error });
}
