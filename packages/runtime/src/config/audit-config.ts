import { resolve } from 'node:path';
import { z } from 'zod';
import { wholeNumber } from './variable.ts';

/** How the audit record is proven and how long it is kept. */
export interface AuditConfig {
  /** The Ed25519 key that signs. Absent: one that is made in the data directory. */
  readonly signingKeyFile?: string;
  /** Where signed heads are noted beside the store. Absent: nowhere. */
  readonly headFile?: string;
  /** Absent: for ever. */
  readonly retentionDays?: number;
}

const MAX_DAYS = 36_500;

export const auditVariables = z.object({
  SIGNING_KEY_FILE: z
    .string()
    .optional()
    .describe(
      'PEM file with the Ed25519 key that signs the audit record. Default: one is made in the data directory, which proves nothing against somebody who can write there.',
    ),
  AUDIT_HEAD_FILE: z
    .string()
    .optional()
    .describe(
      'File to which every signed head of the audit record is appended, best on another disk. Default: none',
    ),
  AUDIT_RETENTION_DAYS: wholeNumber(1, MAX_DAYS)
    .optional()
    .describe('After how many days audit records are removed, up to a signed head. Default: never'),
});

/** The audit's configuration from its variables. */
export function toAuditConfig(values: z.output<typeof auditVariables>): AuditConfig {
  return {
    ...(values.SIGNING_KEY_FILE !== undefined && { signingKeyFile: resolve(values.SIGNING_KEY_FILE) }),
    ...(values.AUDIT_HEAD_FILE !== undefined && { headFile: resolve(values.AUDIT_HEAD_FILE) }),
    ...(values.AUDIT_RETENTION_DAYS !== undefined && { retentionDays: values.AUDIT_RETENTION_DAYS }),
  };
}
