export { assertNever } from './assert-never.ts';
export {
  AUDIT_START,
  type AuditHead,
  type AuditVerification,
  linkAuditEntry,
  verifyAuditChain,
} from './audit-chain.ts';
export type { AuditEntry, AuditRecord } from './audit-entry.ts';
export type { AuditFault, AuditFaultReason } from './audit-fault.ts';
export {
  type AuditRemoval,
  isHeadSigned,
  isRemovalSigned,
  type SignedAuditHead,
  signAuditHead,
  signAuditRemoval,
} from './audit-head.ts';
export { AuditWalk, type AuditWalked, type AuditWalkOptions } from './audit-walk.ts';
export { canonicalJson } from './canonical-json.ts';
export type { Clock } from './clock.ts';
export { describeIssue } from './describe-issue.ts';
export type {
  Cause,
  Diagnosis,
  DiagnosisScope,
  Finding,
  Proposal,
  RecentChange,
  Severity,
  Unchecked,
} from './diagnosis.ts';
export type { Digest } from './digest.ts';
export {
  isOpsError,
  OPS_ERROR_CODES,
  OpsError,
  type OpsErrorCode,
  type OpsErrorOptions,
  toOpsError,
} from './errors.ts';
export type { Evidence } from './evidence.ts';
export type { FreezeState } from './freeze.ts';
export {
  ATTEMPT_OUTCOMES,
  type AttemptOutcome,
  caseIdOf,
  HEALING_STATUSES,
  type HealingAttempt,
  type HealingCase,
  type HealingStatus,
  type HealingStorm,
} from './healing/healing-case.ts';
export { REMEDIATIONS, type Remediation } from './healing/remediation.ts';
export { SELF_HEALING_KEY } from './healing/self-healing-key.ts';
export {
  type ConversationId,
  type CorrelationId,
  type EvidenceId,
  type HealingCaseId,
  healingCaseIdOf,
  type IdSource,
  type IntentId,
  type MessageId,
  type PlanId,
  parseHealingCaseId,
  parsePlanId,
  planIdOf,
  type RequestId,
} from './ids.ts';
export { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
export { formatJsonPointer, parseJsonPointer, readJsonPointer } from './json-pointer.ts';
export type { ClusterSnapshot, UnreadKind } from './kubernetes/cluster-snapshot.ts';
export {
  apiVersionOf,
  KINDS,
  type Kind,
  SNAPSHOT_KINDS,
  type SnapshotKind,
  type WorkloadKind,
} from './kubernetes/kinds.ts';
export type { KubeObject, ObjectMeta, OwnerReference } from './kubernetes/kube-object.ts';
export {
  type LabelSelectorView,
  type SelectorRequirement,
  selectsEverything,
  selectsLabels,
} from './kubernetes/label-selector.ts';
export type { LogQuery } from './kubernetes/log-query.ts';
export type {
  IngressBackendView,
  IngressClassView,
  IngressView,
  NetworkPeerView,
  NetworkPolicyView,
  NetworkRuleView,
} from './kubernetes/network-views.ts';
export { formatObjectRef, type ObjectRef, type WorkloadRef } from './kubernetes/object-ref.ts';
export type { ConditionView, ObjectView } from './kubernetes/object-view.ts';
export type {
  ConfigMapUse,
  ContainerPortView,
  ContainerSpecView,
  PodAffinityView,
  PodSpecView,
  ProbeView,
  SecurityView,
  TolerationView,
  TopologySpreadView,
} from './kubernetes/pod-spec-view.ts';
export type {
  ApiServiceView,
  LimitRangeView,
  PodDisruptionBudgetView,
  ServiceAccountView,
  ServiceReferenceView,
  WebhookConfigurationView,
  WebhookView,
} from './kubernetes/policy-views.ts';
export type {
  PersistentVolumeClaimView,
  PersistentVolumeView,
  StorageClassView,
} from './kubernetes/storage-views.ts';
export type { ContainerUsage, UsageSample } from './kubernetes/usage.ts';
export type {
  ConfigMapView,
  ContainerState,
  ContainerView,
  CronJobView,
  EndpointSliceView,
  EventView,
  HorizontalPodAutoscalerView,
  JobView,
  NamespaceView,
  NodeView,
  PodReference,
  PodTemplateView,
  PodView,
  ReplicaSetView,
  ResourceQuotaView,
  ServicePortView,
  ServiceView,
  ViewByKind,
  WorkloadView,
} from './kubernetes/views.ts';
export type {
  ApplyRequest,
  CreateRequest,
  DeleteRequest,
  EvictRequest,
  JsonPatchOperation,
  PatchRequest,
  WriteRequest,
} from './kubernetes/write-request.ts';
export {
  APPROVAL_BASES,
  type ApprovalBasis,
  type ApprovalStatement,
  type BreakGlass,
  type CountedApproval,
  type Delegation,
  type SignedApproval,
} from './operations/approval.ts';
export {
  formatAmounts,
  formatBounds,
  formatCommand,
  formatMarks,
  SHORT_KINDS,
  typedName,
} from './operations/format-command.ts';
export type { Intent, IntentOutcome } from './operations/intent.ts';
export { manifestSchema } from './operations/manifest.ts';
export {
  DELETABLE_KINDS,
  type DirectOperation,
  MARKABLE_KINDS,
  MAX_TOGETHER,
  type OperationOf,
  type OperationRequest,
  operationFields,
  operationRequestSchema,
} from './operations/operation-request.ts';
export {
  type BlastRadius,
  type FieldChange,
  type FieldValues,
  type HealingOrigin,
  type ObjectManager,
  type PinnedTarget,
  type Plan,
  type PostCondition,
  type Preview,
  type Quorum,
  RISK_TIERS,
  type Risk,
  type RiskTier,
  type Step,
} from './operations/plan.ts';
export type { PlanCard } from './operations/plan-card.ts';
export {
  type EditableField,
  type EditedValues,
  formatEdit,
  type PlanEditForm,
  type PlanEditReading,
} from './operations/plan-edit.ts';
export {
  type ExecutionLease,
  isTerminal,
  OPEN_PLAN_STATUSES,
  PLAN_STATUSES,
  type PlanRecord,
  type PlanStatus,
  type VerificationProgress,
  type Vote,
} from './operations/plan-record.ts';
export {
  createPermitOffice,
  type PermitCheck,
  type PermitMint,
  type WritePermit,
} from './operations/write-permit.ts';
export type { AuditHeadNotes } from './ports/audit-head-notes.ts';
export type { ChatAnswer, ChatMessage, ChatModel, ChatRequest } from './ports/chat-model.ts';
export type { Check, CheckResult } from './ports/check.ts';
export type {
  AccessAnswer,
  AccessQuery,
  ClusterConnection,
  ClusterInfo,
  ClusterReader,
  Clusters,
  ClusterWriter,
  ListQuery,
  SnapshotSource,
} from './ports/cluster.ts';
export type {
  Ballot,
  BallotResult,
  Desk,
  ShownLinks,
  ShownMessage,
  StopPress,
  Submission,
  Submitted,
} from './ports/desk.ts';
export type { Directory } from './ports/directory.ts';
export type { Installation, Installations } from './ports/installations.ts';
export type {
  JobContext,
  JobCounts,
  JobProcessor,
  JobQueue,
  JobRequest,
  JobWorker,
} from './ports/job-queue.ts';
export type { LiveStream, LiveStreams } from './ports/live-streams.ts';
export type { LogFields, Logger } from './ports/logger.ts';
export type { Notifier, ShowAttempt, ShownPlace } from './ports/notifier.ts';
export type { People, PersonAnswer } from './ports/people.ts';
export type {
  PlaceInLine,
  PostingLine,
  PostingPace,
  TurnLimits,
  WaitingPost,
} from './ports/posting-pace.ts';
export {
  type ProgressBoard,
  type ProgressStep,
  type RequestProgress,
  SILENT_BOARD,
  SILENT_PROGRESS,
} from './ports/progress.ts';
export type { KeyRing, PublicKey, Signature, Signer } from './ports/signer.ts';
export type {
  AuditQuery,
  ClaimedDelivery,
  CommitResult,
  HealingCaseQuery,
  Inbox,
  OutboxEntry,
  PlanQuery,
  Store,
  StoreChange,
} from './ports/store.ts';
export type { KubernetesIdentity, Principal } from './principal.ts';
export { REDACTED, redactSecrets } from './redact/redact-secrets.ts';
export type {
  Conversation,
  ConversationPlace,
  Message,
  Request,
  SlackDelivery,
} from './requests/conversation.ts';
export type { Defaults } from './requests/defaults.ts';
export {
  FEEDBACK_PROBLEMS,
  type Feedback,
  type FeedbackProblem,
  type FeedbackResult,
} from './requests/feedback.ts';
export type { HomeCluster, HomeFinding, HomePlan, HomeSummary } from './requests/home-summary.ts';
export type { InboxDelivery } from './requests/inbox-delivery.ts';
export type { Reply, ReplyChoice, ReplyFile, ReplyOption, ReplySection } from './requests/reply.ts';
export { MAX_FOLLOW_UPS } from './requests/reply.ts';
export { type ChartBar, MAX_CHART_BARS, MIN_CHART_BARS, type ReplyChart } from './requests/reply-chart.ts';
export { showJob } from './requests/show-job.ts';
export type { SlackPerson } from './requests/slack-person.ts';
export type { Suggestion, SuggestionQuery } from './requests/suggestion.ts';
