import type { Defect } from './defect.ts';
import { agentsDefects } from './defects/agents.ts';
import { analysisDefects } from './defects/analysis.ts';
import { approvalIntegrityDefects } from './defects/approval-integrity.ts';
import { auditDefects } from './defects/audit.ts';
import { bullmqDefects } from './defects/bullmq.ts';
import { canaryDefects } from './defects/canaries.ts';
import { catalogueDefects } from './defects/catalogue.ts';
import { chartDefects } from './defects/charts.ts';
import { clusterDetectionDefects } from './defects/cluster-detections.ts';
import { commandDefects } from './defects/commands.ts';
import { coreDefects } from './defects/core.ts';
import { demoClusterDefects } from './defects/demo-cluster.ts';
import { detectionDefects } from './defects/detections.ts';
import { emulatorApiDefects } from './defects/emulator-api.ts';
import { emulatorDeliveryDefects } from './defects/emulator-deliveries.ts';
import { executionDefects } from './defects/execution.ts';
import { faultFamilyDefects } from './defects/fault-families.ts';
import { freezeDefects } from './defects/freeze.ts';
import { givingUpDefects } from './defects/giving-up.ts';
import { grammarDefects } from './defects/grammar.ts';
import { grammarOperationsDefects } from './defects/grammar-operations.ts';
import { guardDefects } from './defects/guard.ts';
import { hasteDefects } from './defects/haste.ts';
import { healingDecisionDefects } from './defects/healing-decisions.ts';
import { healingReportDefects } from './defects/healing-reports.ts';
import { identityDefects } from './defects/identity.ts';
import { makeOnceDefects } from './defects/make-once.ts';
import { modelDefects } from './defects/model.ts';
import { mongodbDoubleDefects } from './defects/mongodb-double.ts';
import { mongodbStoreDefects } from './defects/mongodb-store.ts';
import { mongodbWiringDefects } from './defects/mongodb-wiring.ts';
import { networkDefects } from './defects/network.ts';
import { offerDefects } from './defects/offers.ts';
import { operationsDefects } from './defects/operations.ts';
import { podDetectionDefects } from './defects/pod-detections.ts';
import { receiverDefects } from './defects/receiver.ts';
import { remedyDefects } from './defects/remedies.ts';
import { revisionDefects } from './defects/revisions.ts';
import { selfHealingDefects } from './defects/self-healing.ts';
import { slackDeliveryDefects } from './defects/slack-delivery.ts';
import { slackFileDefects } from './defects/slack-files.ts';
import { slackPlanDefects } from './defects/slack-plans.ts';
import { slackReplicaDefects } from './defects/slack-replicas.ts';
import { slackReplyDefects } from './defects/slack-replies.ts';
import { slackStreamDefects } from './defects/slack-streams.ts';
import { slackSurfaceDefects } from './defects/slack-surfaces.ts';
import { slackWorkspaceDefects } from './defects/slack-workspaces.ts';
import { startDefects } from './defects/starts.ts';
import { storageAndJobDefects } from './defects/storage-and-jobs.ts';
import { storeDefects } from './defects/store.ts';
import { teamRuleDefects } from './defects/team-rules.ts';

/** Every seeded defect, by part. */
export const ALL_DEFECTS: readonly Defect[] = [
  ...chartDefects,
  ...coreDefects,
  ...analysisDefects,
  ...clusterDetectionDefects,
  ...podDetectionDefects,
  ...detectionDefects,
  ...networkDefects,
  ...remedyDefects,
  ...grammarDefects,
  ...grammarOperationsDefects,
  ...modelDefects,
  ...agentsDefects,
  ...commandDefects,
  ...hasteDefects,
  ...healingDecisionDefects,
  ...healingReportDefects,
  ...canaryDefects,
  ...operationsDefects,
  ...approvalIntegrityDefects,
  ...executionDefects,
  ...givingUpDefects,
  ...selfHealingDefects,
  ...makeOnceDefects,
  ...revisionDefects,
  ...offerDefects,
  ...catalogueDefects,
  ...teamRuleDefects,
  ...freezeDefects,
  ...faultFamilyDefects,
  ...receiverDefects,
  ...slackFileDefects,
  ...slackPlanDefects,
  ...slackDeliveryDefects,
  ...slackReplicaDefects,
  ...slackReplyDefects,
  ...slackStreamDefects,
  ...slackSurfaceDefects,
  ...slackWorkspaceDefects,
  ...startDefects,
  ...storageAndJobDefects,
  ...storeDefects,
  ...bullmqDefects,
  ...mongodbDoubleDefects,
  ...mongodbStoreDefects,
  ...mongodbWiringDefects,
  ...auditDefects,
  ...demoClusterDefects,
  ...identityDefects,
  ...guardDefects,
  ...emulatorApiDefects,
  ...emulatorDeliveryDefects,
];
