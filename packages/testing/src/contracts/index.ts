export { clusterContract } from './cluster.contract.ts';
export { clusterApplyContract } from './cluster-apply.contract.ts';
export { clusterCreateContract } from './cluster-create.contract.ts';
export { clusterLogsContract } from './cluster-logs.contract.ts';
export { clusterReaderContract } from './cluster-reader.contract.ts';
export { clusterRemovalContract } from './cluster-removal.contract.ts';
export type {
  ClusterContractOptions,
  ClusterFaults,
  ClusterSubject,
  LoggedContainer,
  ObservedRequest,
} from './cluster-subject.ts';
export { observe } from './cluster-subject.ts';
export { clusterUsageContract } from './cluster-usage.contract.ts';
export { clusterWriterContract } from './cluster-writer.contract.ts';
export { inboxContract } from './inbox.contract.ts';
export {
  type InstallationsContractOptions,
  type InstallationsSubject,
  installationsContract,
} from './installations.contract.ts';
export { jobQueueContract } from './job-queue.contract.ts';
export type { JobQueueContractOptions, JobQueueSubject } from './job-queue-subject.ts';
export {
  type LiveStreamsContractOptions,
  type LiveStreamsSubject,
  liveStreamsContract,
} from './live-streams.contract.ts';
export {
  type PostingLineContractOptions,
  type PostingLineSubject,
  postingLineContract,
} from './posting-line.contract.ts';
export {
  type PostingPaceContractOptions,
  type PostingPaceSubject,
  postingPaceContract,
} from './posting-pace.contract.ts';
export { contractJob, hang, type RecordedWork, recordWork } from './recorded-work.ts';
export { type SignerContractOptions, signerContract } from './signer.contract.ts';
export { storeContract } from './store.contract.ts';
export type { StoreContractOptions, StoreSubject } from './store-subject.ts';
export { until } from './until.ts';
