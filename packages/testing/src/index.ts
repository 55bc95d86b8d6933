// Contract suites import Jest, which only loads inside it: they stand behind '@jamie/testing/contracts', so that a
// plain program (a bench, a fault run) can use the fakes and servers here.
export { aHealingCase, aHealingOrigin } from './builders/a-healing-case.ts';
export { anInstallation } from './builders/an-installation.ts';
export { CONTRACT_JOBS } from './builders/contract-jobs.ts';
export { aDeployed, type Deployed, podOf, type RevisionPlan } from './builders/deployed-workload.ts';
export { aHomeCluster, aHomePlan, aHomeSummary, aPlanCard } from './builders/home-builders.ts';
export { aNetworkPolicy, anIngress, anIngressClass } from './builders/network-builders.ts';
export { numberedCommit } from './builders/numbered-commit.ts';
export { aCondition, anObject } from './builders/object-builders.ts';
export {
  aContainer,
  aCrashingContainer,
  aPendingPod,
  aPod,
  running,
  terminated,
  waiting,
} from './builders/pod-builders.ts';
export { aContainerSpec, aPodSpec } from './builders/pod-spec-builders.ts';
export {
  aDisruptionBudget,
  aLimitRange,
  anApiService,
  aServiceAccount,
  aWebhookConfiguration,
} from './builders/policy-builders.ts';
export {
  aConversation,
  aDefaults,
  aDelivery,
  aJobRequest,
  aMessage,
  anAuditEntry,
  anIntent,
  aPlan,
  aPlanRecord,
  aPrincipal,
  aRequest,
  aSignedApproval,
  aVote,
} from './builders/record-builders.ts';
export { type AnyView, aSnapshot, SNAPSHOT_TIME, SnapshotBuilder } from './builders/snapshot-builder.ts';
export { aClaim, aStorageClass, aVolume } from './builders/storage-builders.ts';
export {
  aConfigMap,
  aCronJob,
  aJob,
  aNamespace,
  aNode,
  anAutoscaler,
  anEndpointSlice,
  anEvent,
  aQuota,
  aReplicaSet,
  aService,
  aWorkload,
} from './builders/view-builders.ts';
export { FakeClock } from './fakes/fake-clock.ts';
export { FakeCluster } from './fakes/fake-cluster.ts';
export { FakeDesk, type FakeDeskOptions } from './fakes/fake-desk.ts';
export { FakeInstallations } from './fakes/fake-installations.ts';
export { FakeLiveStreams } from './fakes/fake-live-streams.ts';
export { FakeLog } from './fakes/fake-log.ts';
export { FakePeople } from './fakes/fake-people.ts';
export { FakePostingLine } from './fakes/fake-posting-line.ts';
export { FakePostingPace, NO_PACE } from './fakes/fake-posting-pace.ts';
export type { FakeRead, FakeUsage } from './fakes/fake-reader.ts';
export { FakeSigner } from './fakes/fake-signer.ts';
export type { FakeWrite } from './fakes/fake-writer.ts';
export { type LogEntry, RecordingLogger } from './fakes/recording-logger.ts';
export { SequentialIds } from './fakes/sequential-ids.ts';
export { createTemporaryDirectory, type TemporaryDirectory } from './fakes/temporary-directory.ts';
export type { RecordedCommand } from './mongodb-double/answer-request.ts';
export type { MongodbMode } from './mongodb-double/command-context.ts';
export type { MongodbFault } from './mongodb-double/faults.ts';
export {
  type MongodbDouble,
  type MongodbDoubleOptions,
  startMongodbDouble,
} from './mongodb-double/mongodb-double.ts';
export {
  type OllamaDouble,
  type OllamaDoubleOptions,
  startOllamaDouble,
} from './ollama-double/ollama-double.ts';
export type { OllamaChatBody, OllamaFault, OllamaScript } from './ollama-double/ollama-wire.ts';
export { type PageApiDouble, startPageApiDouble } from './page-api/page-api-double.ts';
export type { EmulatedSession, EmulatedStatus } from './slack-emulator/agent-surface.ts';
export type { AppSettings } from './slack-emulator/app-settings.ts';
export {
  type BlockSurface,
  countBlockText,
  MAXIMUM_BLOCK_TEXT,
  validateBlocks,
} from './slack-emulator/block-kit-validator.ts';
export type { Utterance } from './slack-emulator/conversation-driver.ts';
export type { Acknowledgement, Delivery } from './slack-emulator/delivery.ts';
export type { ApiFault, RandomFaults } from './slack-emulator/faults.ts';
export { renderConversation } from './slack-emulator/html/render-conversation.ts';
export { renderHome, renderView } from './slack-emulator/html/render-view.ts';
export type { EmulatedTask, MessageStream } from './slack-emulator/message-stream.ts';
export { seededRandom } from './slack-emulator/seeded-random.ts';
export { signSlackRequest } from './slack-emulator/signed-request.ts';
export {
  type ApiCallRecord,
  createSlackEmulator,
  EMULATED_SCOPES,
  type SlackEmulator,
  type SlackEmulatorOptions,
} from './slack-emulator/slack-emulator.ts';
export type { IssuedTokens, TokenRefusal } from './slack-emulator/token-desk.ts';
export type { EmulatedView } from './slack-emulator/view-store.ts';
export { validateView } from './slack-emulator/view-validator.ts';
export type {
  EmulatedChannel,
  EmulatedFile,
  EmulatedMessage,
  EmulatedUser,
  SlackWorkspace,
} from './slack-emulator/workspace.ts';
