import { limitRangeViolated } from './admission/limit-range-violated.ts';
import { podSecurityViolated } from './admission/pod-security-violated.ts';
import { podsRefused } from './admission/pods-refused.ts';
import { quotaExceeded } from './admission/quota-exceeded.ts';
import { webhookCallsFail } from './admission/webhook-calls-fail.ts';
import { webhookCertificateExpired } from './admission/webhook-certificate-expired.ts';
import { webhookCertificateExpiring } from './admission/webhook-certificate-expiring.ts';
import { webhookForEverything } from './admission/webhook-for-everything.ts';
import { webhookRefusal } from './admission/webhook-refusal.ts';
import { webhookServiceMissing } from './admission/webhook-service-missing.ts';
import { webhookWithoutReadyPods } from './admission/webhook-without-ready-pods.ts';
import { apiServiceUnavailable } from './api/api-service-unavailable.ts';
import { metricsServerMissing } from './api/metrics-server-missing.ts';
import { AUTOSCALER_ANALYZERS } from './autoscaler/autoscaler-analyzers.ts';
import { BUDGET_ANALYZERS } from './budget/budget-analyzers.ts';
import { CONFIGURATION_ANALYZERS } from './configuration/configuration-analyzers.ts';
import { latestImage } from './container/latest-image.ts';
import { noCpuLimit } from './container/no-cpu-limit.ts';
import { noLimits } from './container/no-limits.ts';
import { noLivenessProbe } from './container/no-liveness-probe.ts';
import { noProbes } from './container/no-probes.ts';
import { noReadinessProbe } from './container/no-readiness-probe.ts';
import { noResources } from './container/no-resources.ts';
import { numericProbePort } from './container/numeric-probe-port.ts';
import { unnamedPort } from './container/unnamed-port.ts';
import { untaggedImage } from './container/untagged-image.ts';
import type { Analyzer } from './define-analyzer.ts';
import { cronJobSuspended } from './job/cron-job-suspended.ts';
import { JOB_ANALYZERS } from './job/job-analyzers.ts';
import { jobFailed } from './job/job-failed.ts';
import { emptyNamespace } from './namespace/empty-namespace.ts';
import { namespaceStuckTerminating } from './namespace/namespace-stuck-terminating.ts';
import { NETWORK_ANALYZERS } from './network/network-analyzers.ts';
import { containerRuntimeDown } from './node/container-runtime-down.ts';
import { cordonedNode } from './node/cordoned-node.ts';
import { cpuOvercommitted } from './node/cpu-overcommitted.ts';
import { crowdedNode } from './node/crowded-node.ts';
import { imageFileSystemFull } from './node/image-file-system-full.ts';
import { kubeletTooOld } from './node/kubelet-too-old.ts';
import { memoryOvercommitted } from './node/memory-overcommitted.ts';
import { mixedKubeletVersions } from './node/mixed-kubelet-versions.ts';
import { networkPluginNotReady } from './node/network-plugin-not-ready.ts';
import { noNodeGroupFits } from './node/no-node-group-fits.ts';
import { nodeConditionUnknown } from './node/node-condition-unknown.ts';
import { nodeGroupsAtMaximum } from './node/node-groups-at-maximum.ts';
import { nodeNetworkUnavailable } from './node/node-network-unavailable.ts';
import { nodeNotReady } from './node/node-not-ready.ts';
import { nodeOutOfMemory } from './node/node-out-of-memory.ts';
import { nodeProblemReported } from './node/node-problem-reported.ts';
import { nodeRebooted } from './node/node-rebooted.ts';
import { nodeUnderPressure } from './node/node-under-pressure.ts';
import { nodeUnreachable } from './node/node-unreachable.ts';
import { scaleUpFailed } from './node/scale-up-failed.ts';
import { singleControlPlaneNode } from './node/single-control-plane-node.ts';
import { storageDriverMissing } from './node/storage-driver-missing.ts';
import { taintNobodyTolerates } from './node/taint-nobody-tolerates.ts';
import { unsupportedRelease } from './node/unsupported-release.ts';
import { antiAffinityConflict } from './pod/anti-affinity-conflict.ts';
import { applicationError } from './pod/application-error.ts';
import { cannotStart } from './pod/cannot-start.ts';
import { cleanExit } from './pod/clean-exit.ts';
import { configKeyMissing } from './pod/config-key-missing.ts';
import { configMapMissing } from './pod/config-map-missing.ts';
import { configurationRefused } from './pod/configuration-refused.ts';
import { containerHookFailing } from './pod/container-hook-failing.ts';
import { containerRefusedByRuntime } from './pod/container-refused-by-runtime.ts';
import { cordonedNodes } from './pod/cordoned-nodes.ts';
import { danglingConfigReference } from './pod/dangling-config-reference.ts';
import { failedPodsLeft } from './pod/failed-pods-left.ts';
import { gatedPod } from './pod/gated-pod.ts';
import { imageNameInvalid } from './pod/image-name-invalid.ts';
import { imageNeverPulled } from './pod/image-never-pulled.ts';
import { imageNotFound } from './pod/image-not-found.ts';
import { imageUnauthorised } from './pod/image-unauthorised.ts';
import { imageUnpulled } from './pod/image-unpulled.ts';
import { insufficientCapacity } from './pod/insufficient-capacity.ts';
import { killedWithoutOom } from './pod/killed-without-oom.ts';
import { livenessProbeFailing } from './pod/liveness-probe-failing.ts';
import { noDisruptionBudget } from './pod/no-disruption-budget.ts';
import { nodeSelectorMismatch } from './pod/node-selector-mismatch.ts';
import { oomKilled } from './pod/oom-killed.ts';
import { oomKilledRecently } from './pod/oom-killed-recently.ts';
import { podSlowToCreate } from './pod/pod-slow-to-create.ts';
import { podStuckTerminating } from './pod/pod-stuck-terminating.ts';
import { podWithoutLabels } from './pod/pod-without-labels.ts';
import { pullSecretMissing } from './pod/pull-secret-missing.ts';
import { readinessGateClosed } from './pod/readiness-gate-closed.ts';
import { readinessProbeFailing } from './pod/readiness-probe-failing.ts';
import { registryRateLimited } from './pod/registry-rate-limited.ts';
import { registryUnreachable } from './pod/registry-unreachable.ts';
import { restartStorm } from './pod/restart-storm.ts';
import { sandboxNotMade } from './pod/sandbox-not-made.ts';
import { secretMissing } from './pod/secret-missing.ts';
import { segmentationFault } from './pod/segmentation-fault.ts';
import { spreadConflict } from './pod/spread-conflict.ts';
import { startupProbeFailing } from './pod/startup-probe-failing.ts';
import { taintNotTolerated } from './pod/taint-not-tolerated.ts';
import { terminatedBySignal } from './pod/terminated-by-signal.ts';
import { unhappyPhase } from './pod/unhappy-phase.ts';
import { unmanagedPod } from './pod/unmanaged-pod.ts';
import { unschedulableOtherwise } from './pod/unschedulable-otherwise.ts';
import { automountingAccount } from './security/automounting-account.ts';
import { defaultServiceAccount } from './security/default-service-account.ts';
import { hostNetwork } from './security/host-network.ts';
import { hostProcesses } from './security/host-processes.ts';
import { mayRunAsRoot } from './security/may-run-as-root.ts';
import { missingServiceAccount } from './security/missing-service-account.ts';
import { mountedToken } from './security/mounted-token.ts';
import { noSecurityContext } from './security/no-security-context.ts';
import { privilegedContainer } from './security/privileged-container.ts';
import { serviceSelectsNothing } from './service/service-selects-nothing.ts';
import { serviceWithoutReadyPods } from './service/service-without-ready-pods.ts';
import { STORAGE_ANALYZERS } from './storage/storage-analyzers.ts';
import { autoscalerAtMaximum } from './workload/autoscaler-at-maximum.ts';
import { daemonPodsMisscheduled } from './workload/daemon-pods-misscheduled.ts';
import { daemonSetUpdateStuck } from './workload/daemon-set-update-stuck.ts';
import { governingServiceMissing } from './workload/governing-service-missing.ts';
import { loneReplicaSetDegraded } from './workload/lone-replica-set-degraded.ts';
import { pausedRollout } from './workload/paused-rollout.ts';
import { rolloutDeadlineExceeded } from './workload/rollout-deadline-exceeded.ts';
import { rolloutNotProgressing } from './workload/rollout-not-progressing.ts';
import { scaledToZero } from './workload/scaled-to-zero.ts';
import { statefulSetHeldBack } from './workload/stateful-set-held-back.ts';
import { statefulSetUpdateStuck } from './workload/stateful-set-update-stuck.ts';
import { surplusPods } from './workload/surplus-pods.ts';
import { workloadDegraded } from './workload/workload-degraded.ts';
import { workloadWithoutPods } from './workload/workload-without-pods.ts';
import { zeroScale } from './workload/zero-scale.ts';

/** Every detection, in the order of the numbers in their codes. */
export const ANALYZERS: readonly Analyzer[] = [
  applicationError,
  cleanExit,
  killedWithoutOom,
  segmentationFault,
  terminatedBySignal,
  cannotStart,
  oomKilled,
  oomKilledRecently,
  imageNotFound,
  imageUnauthorised,
  registryUnreachable,
  imageNameInvalid,
  imageNeverPulled,
  imageUnpulled,
  registryRateLimited,
  configMapMissing,
  secretMissing,
  configKeyMissing,
  configurationRefused,
  danglingConfigReference,
  insufficientCapacity,
  nodeSelectorMismatch,
  taintNotTolerated,
  unschedulableOtherwise,
  cordonedNodes,
  readinessProbeFailing,
  livenessProbeFailing,
  startupProbeFailing,
  failedPodsLeft,
  podStuckTerminating,
  sandboxNotMade,
  containerHookFailing,
  containerRefusedByRuntime,
  podSlowToCreate,
  readinessGateClosed,
  restartStorm,
  noDisruptionBudget,
  unhappyPhase,
  unmanagedPod,
  gatedPod,
  pullSecretMissing,
  podWithoutLabels,
  antiAffinityConflict,
  spreadConflict,
  serviceSelectsNothing,
  serviceWithoutReadyPods,
  rolloutDeadlineExceeded,
  rolloutNotProgressing,
  workloadDegraded,
  pausedRollout,
  scaledToZero,
  autoscalerAtMaximum,
  zeroScale,
  workloadWithoutPods,
  loneReplicaSetDegraded,
  daemonPodsMisscheduled,
  daemonSetUpdateStuck,
  statefulSetUpdateStuck,
  governingServiceMissing,
  statefulSetHeldBack,
  surplusPods,
  quotaExceeded,
  limitRangeViolated,
  podSecurityViolated,
  webhookRefusal,
  podsRefused,
  webhookServiceMissing,
  webhookWithoutReadyPods,
  webhookCertificateExpired,
  webhookCertificateExpiring,
  webhookCallsFail,
  webhookForEverything,
  nodeNotReady,
  nodeUnderPressure,
  nodeUnreachable,
  nodeNetworkUnavailable,
  nodeConditionUnknown,
  nodeProblemReported,
  containerRuntimeDown,
  networkPluginNotReady,
  storageDriverMissing,
  imageFileSystemFull,
  nodeOutOfMemory,
  crowdedNode,
  cpuOvercommitted,
  memoryOvercommitted,
  kubeletTooOld,
  mixedKubeletVersions,
  nodeGroupsAtMaximum,
  noNodeGroupFits,
  scaleUpFailed,
  taintNobodyTolerates,
  cordonedNode,
  singleControlPlaneNode,
  nodeRebooted,
  unsupportedRelease,
  jobFailed,
  cronJobSuspended,
  untaggedImage,
  latestImage,
  noProbes,
  noLivenessProbe,
  noReadinessProbe,
  numericProbePort,
  noResources,
  noLimits,
  unnamedPort,
  noCpuLimit,
  defaultServiceAccount,
  mountedToken,
  mayRunAsRoot,
  automountingAccount,
  missingServiceAccount,
  privilegedContainer,
  noSecurityContext,
  hostNetwork,
  hostProcesses,
  apiServiceUnavailable,
  metricsServerMissing,
  namespaceStuckTerminating,
  emptyNamespace,
  ...NETWORK_ANALYZERS,
  ...STORAGE_ANALYZERS,
  ...JOB_ANALYZERS,
  ...AUTOSCALER_ANALYZERS,
  ...BUDGET_ANALYZERS,
  ...CONFIGURATION_ANALYZERS,
];
