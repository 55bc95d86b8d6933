import { storeApprovalsContract } from './store-approvals.contract.ts';
import { storeAuditContract } from './store-audit.contract.ts';
import { storeAuditHeadsContract } from './store-audit-heads.contract.ts';
import { storeDurabilityContract } from './store-durability.contract.ts';
import { storeEffectsContract } from './store-effects.contract.ts';
import { storeHealingContract } from './store-healing.contract.ts';
import { storeListsContract } from './store-lists.contract.ts';
import { storeModelContract } from './store-model.contract.ts';
import { storeRecordsContract } from './store-records.contract.ts';
import type { StoreContractOptions } from './store-subject.ts';

/** Everything that a Store promises to the code above it. */
export function storeContract(options: StoreContractOptions): void {
  storeRecordsContract(options);
  storeListsContract(options);
  storeEffectsContract(options);
  storeApprovalsContract(options);
  storeHealingContract(options);
  storeAuditContract(options);
  storeAuditHeadsContract(options);
  storeModelContract(options);
  storeDurabilityContract(options);
}
