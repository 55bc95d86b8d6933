import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { kubeletVersions } from './kubelet-version.ts';

/** https://kubernetes.io/releases/version-skew-policy/: a kubelet may be three minor versions older than the API server. */
const MOST_MINORS_BEHIND = 3;

/** CHK-NODE-515: a kubelet is older than any API server of this cluster can support. */
export const kubeletTooOld = defineAnalyzer({
  code: 'CHK-NODE-515',
  title: 'kubelet too old for the cluster',
  severity: 'warning',
  tier: 'node',
  standsAlone: true,
  reads: ['Node'],
  sources: ['Robusta KubeVersionMismatch'],
  analyze: (index) => {
    const versions = kubeletVersions(index);
    const newest = versions.at(-1);
    if (newest === undefined) return [];
    // No kubelet may be newer than the API server, so that one is at least as new as the newest of them.
    return versions
      .filter(({ minor }) => newest.minor - minor > MOST_MINORS_BEHIND)
      .map(({ node, minor }) => ({
        subject: refOf(node),
        summary: `runs kubelet ${node.kubeletVersion}, ${newest.minor - minor} minor versions behind`,
        since: index.takenAt,
        evidence: [
          observeField(node, 'status.nodeInfo.kubeletVersion', node.kubeletVersion, index.takenAt),
          observeField(
            newest.node,
            'status.nodeInfo.kubeletVersion',
            newest.node.kubeletVersion,
            index.takenAt,
          ),
        ],
        related: [refOf(newest.node)],
        pods: [],
        sharedKey: 'kubelet versions',
        explanation: `Node ${node.name} runs kubelet ${node.kubeletVersion}, and ${newest.node.name} already runs ${newest.node.kubeletVersion}: the API server is at least that new, and it supports kubelets of at most three minor versions before.`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Upgrade the kubelet of the node',
            advice: `Drain ${node.name} and upgrade it, or replace it by a node of the current version.`,
          },
        ],
        templateMayCauseIt: false,
      }));
  },
});
