import type { CorrelationId, PlanId } from './ids.ts';
import type { JsonObject } from './json.ts';

/** One fact for the record. The store adds its number and links it to the one before. */
export interface AuditEntry {
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly correlationId: CorrelationId;
  readonly planId?: PlanId;
  readonly details: JsonObject;
}

/** hash = SHA-256 over canonical JSON of {sequence, previousHash, entry}. The first previousHash is 64 zeros. */
export interface AuditRecord {
  readonly sequence: number;
  readonly previousHash: string;
  readonly entry: AuditEntry;
  readonly hash: string;
}
