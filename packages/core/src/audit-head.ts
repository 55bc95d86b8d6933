import type { AuditHead } from './audit-chain.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Signature, Signer } from './ports/signer.ts';

/** The end of the audit chain as it was at some time, signed: what no record up to it can be changed without. */
export interface SignedAuditHead extends AuditHead {
  readonly at: number;
  /** The value of the signature of the head before, so that none can be taken out; empty for the first. */
  readonly previousSignature: string;
  readonly signature: Signature;
}

/**
 * What stands in the place of the oldest records once their time was up. Its head stays, so that the rest of the chain
 * still begins at something signed.
 */
export interface AuditRemoval {
  /** The last record that was removed; a head was signed at it. */
  readonly upTo: number;
  /** The hash of that record: what the first remaining one links to. */
  readonly hash: string;
  readonly removedAt: number;
  /** How many records this removal took. */
  readonly count: number;
  readonly by: string;
  /** Under which rule, for example `AUDIT_RETENTION_DAYS=365`. */
  readonly rule: string;
  readonly signature: Signature;
}

/** Signs the end of the chain. `previous`: the head that was signed before, if any. */
export function signAuditHead(
  head: AuditHead,
  at: number,
  previous: SignedAuditHead | undefined,
  signer: Pick<Signer, 'sign'>,
): SignedAuditHead {
  const { sequence, hash } = head;
  const unsigned = { sequence, hash, at, previousSignature: previous?.signature.value ?? '' };
  return { ...unsigned, signature: signer.sign(headText(unsigned)) };
}

/** Whether a key of ours signed this head as it is. */
export function isHeadSigned(head: SignedAuditHead, signer: Pick<Signer, 'verify'>): boolean {
  return signer.verify(headText(head), head.signature);
}

/** Signs what is to take the place of removed records. */
export function signAuditRemoval(
  removal: Omit<AuditRemoval, 'signature'>,
  signer: Pick<Signer, 'sign'>,
): AuditRemoval {
  return { ...removal, signature: signer.sign(removalText(removal)) };
}

/** Whether a key of ours signed this removal as it is. */
export function isRemovalSigned(removal: AuditRemoval, signer: Pick<Signer, 'verify'>): boolean {
  return signer.verify(removalText(removal), removal.signature);
}

/** Each text names its fields, so that the signature of one kind of thing is never that of another. */
function headText({ sequence, hash, at, previousSignature }: Omit<SignedAuditHead, 'signature'>): string {
  return canonicalJson({ sequence, hash, at, previousSignature });
}

function removalText({ upTo, hash, removedAt, count, by, rule }: Omit<AuditRemoval, 'signature'>): string {
  return canonicalJson({ upTo, hash, removedAt, count, by, rule });
}
