import { defineAnalyzer } from '../define-analyzer.ts';
import { findStandingUpdates } from './standing-update.ts';

/** CHK-WKL-312: a StatefulSet does not get on with its update. Pods below its partition keep the earlier template on purpose. */
export const statefulSetUpdateStuck = defineAnalyzer({
  code: 'CHK-WKL-312',
  title: 'StatefulSet whose update stands still',
  severity: 'warning',
  tier: 'rollout',
  reads: ['StatefulSet', 'Pod'],
  // The pod that holds it back holds the update back too.
  explainedBy: ['CHK-WKL-314'],
  sources: ['Robusta KubeStatefulSetUpdateNotRolledOut'],
  analyze: (index) => findStandingUpdates(index, 'StatefulSet'),
});
