import { OPS_ERROR_CODES } from '@jamie/core';
import { z } from 'zod';

/** Every error of the API. `code` is explained in docs/errors.md; `referenceId` is what a person quotes. */
export const errorSchema = z.strictObject({
  error: z.strictObject({
    code: z.enum(OPS_ERROR_CODES),
    message: z.string(),
    referenceId: z.string(),
  }),
});
