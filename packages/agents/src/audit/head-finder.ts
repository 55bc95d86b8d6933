import type { SignedAuditHead, Store } from '@jamie/core';

/** Finds the head that was signed at a record; ask in the order of the records. */
export function headFinder(store: Pick<Store, 'listAuditHeads'>, afterSequence: number) {
  let next: SignedAuditHead | undefined;
  let after = afterSequence;
  return async (sequence: number): Promise<SignedAuditHead | undefined> => {
    if (after < sequence) {
      next = (await store.listAuditHeads(after, 1)).at(0);
      after = next?.sequence ?? Number.POSITIVE_INFINITY;
    }
    return next?.sequence === sequence ? next : undefined;
  };
}
