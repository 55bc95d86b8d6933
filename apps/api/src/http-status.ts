import type { OpsErrorCode } from '@jamie/core';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** The HTTP status of each error code: complete by type. */
export const HTTP_STATUS: Readonly<Record<OpsErrorCode, ContentfulStatusCode>> = {
  invalid_input: 400,
  config_invalid: 500,
  not_found: 404,
  conflict: 409,
  forbidden: 403,
  policy_denied: 403,
  approval_required: 409,
  approval_denied: 409,
  approval_expired: 409,
  rate_limited: 429,
  timeout: 504,
  cancelled: 503,
  unavailable: 503,
  model_output_invalid: 502,
  verification_failed: 500,
  rollback_failed: 500,
  internal: 500,
};
