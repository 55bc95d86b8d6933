import { type IdSource, type Logger, type OpsError, toOpsError } from '@jamie/core';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { HTTP_STATUS } from './http-status.ts';
import type { errorSchema } from './schemas/error-schema.ts';

/** An error as it leaves the process. */
export interface ErrorAnswer {
  readonly status: ContentfulStatusCode;
  readonly body: z.input<typeof errorSchema>;
  readonly retryAfterSeconds?: number;
}

const UNKNOWN = 'That failed on our side. Try again, and quote the reference when you report it.';

/**
 * Turns anything thrown into an answer, and logs it under its reference when it is our fault. The answer never
 * carries a stack, a cause or details.
 */
export function toErrorAnswer(
  thrown: unknown,
  { ids, logger }: { ids: IdSource; logger: Logger },
): ErrorAnswer {
  const error = toOpsError(thrown);
  const status = HTTP_STATUS[error.code];
  const referenceId = ids.next('ref');
  const fields = { code: error.code, referenceId, err: error };
  if (status >= 500) logger.error('request failed', fields);
  else logger.debug('request refused', fields);
  return {
    status,
    body: { error: { code: error.code, message: messageFor(error), referenceId } },
    ...(error.retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(error.retryAfterMs / 1000) }),
  };
}

function messageFor(error: OpsError): string {
  if (error.userMessage !== undefined) return error.userMessage;
  return error.code === 'internal' ? UNKNOWN : error.message;
}
