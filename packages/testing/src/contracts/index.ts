export { inboxContract } from './inbox.contract.ts';
export { storeContract } from './store.contract.ts';
export type { StoreContractOptions, StoreSubject } from './store-subject.ts';
