import type {
  AuditHead,
  AuditRecord,
  AuditRemoval,
  PublicKey,
  Signature,
  SignedAuditHead,
} from '@jamie/core';
import { canonicalJson } from '@jamie/core';
import { z } from 'zod';

/** The version of the export's form. */
export const EXPORT_FORMAT = 1;

const headEndSchema = z.strictObject({ sequence: z.int(), hash: z.string() });
const signatureSchema = z.strictObject({ keyId: z.string(), value: z.string() });

/** The lines of an export: one of each, but any number of removals, records and heads. */
export const exportLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('export'),
    format: z.literal(EXPORT_FORMAT),
    exportedAt: z.number(),
    /** What the first record links to. Absent: the export begins where the audit does. */
    after: headEndSchema.exactOptional(),
    keys: z.array(z.strictObject({ keyId: z.string(), pem: z.string() })),
  }),
  z.strictObject({
    kind: z.literal('removal'),
    removal: z.strictObject({
      upTo: z.int(),
      hash: z.string(),
      removedAt: z.number(),
      count: z.int(),
      by: z.string(),
      rule: z.string(),
      signature: signatureSchema,
    }),
  }),
  z.strictObject({
    kind: z.literal('record'),
    record: z.strictObject({
      sequence: z.int(),
      previousHash: z.string(),
      entry: z.record(z.string(), z.unknown()),
      hash: z.string(),
    }),
  }),
  z.strictObject({
    kind: z.literal('head'),
    head: z.strictObject({
      sequence: z.int(),
      hash: z.string(),
      at: z.number(),
      previousSignature: z.string(),
      signature: signatureSchema,
    }),
  }),
  z.strictObject({
    kind: z.literal('end'),
    records: z.int(),
    last: headEndSchema,
    signature: signatureSchema,
  }),
]);

export type ExportLine =
  | {
      readonly kind: 'export';
      readonly format: typeof EXPORT_FORMAT;
      readonly exportedAt: number;
      readonly after?: AuditHead;
      readonly keys: readonly PublicKey[];
    }
  | { readonly kind: 'removal'; readonly removal: AuditRemoval }
  | { readonly kind: 'record'; readonly record: AuditRecord }
  | { readonly kind: 'head'; readonly head: SignedAuditHead }
  | {
      readonly kind: 'end';
      readonly records: number;
      readonly last: AuditHead;
      readonly signature: Signature;
    };

/** What the last line of an export signs: where it begins and ends, so that none of its lines can be left out. */
export function exportEndText(
  exportedAt: number,
  after: AuditHead | undefined,
  counts: { readonly records: number; readonly heads: number },
  last: AuditHead,
): string {
  return canonicalJson({ exportedAt, exportedAfter: after ?? null, ...counts, last });
}
