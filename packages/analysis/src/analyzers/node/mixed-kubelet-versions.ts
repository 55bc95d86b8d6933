import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { countOf, listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { kubeletVersions } from './kubelet-version.ts';

/** CHK-NODE-516: an upgrade of the nodes has begun and is not done. */
export const mixedKubeletVersions = defineAnalyzer({
  code: 'CHK-NODE-516',
  title: 'kubelets of several minor versions',
  severity: 'info',
  tier: 'node',
  lint: true,
  reads: ['Node'],
  sources: ['Robusta KubeVersionMismatch'],
  analyze: (index) => {
    const versions = kubeletVersions(index);
    const [oldest] = versions;
    const releases = [...new Set(versions.map(({ release }) => release))];
    const newest = versions.at(-1);
    if (oldest === undefined || newest === undefined || releases.length < 2) return [];
    const behind = versions.filter(({ minor }) => minor < newest.minor);
    return [
      {
        subject: refOf(oldest.node),
        summary: `${countOf(behind.length, 'node')} of ${versions.length} ${behind.length === 1 ? 'runs' : 'run'} a kubelet older than ${newest.release}`,
        since: index.takenAt,
        evidence: [oldest, newest].map(({ node }) =>
          observeField(node, 'status.nodeInfo.kubeletVersion', node.kubeletVersion, index.takenAt),
        ),
        related: [],
        pods: [],
        explanation: `The nodes run kubelets of ${listOf(releases)}: an upgrade is under way, or has stopped half-way.`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Finish the upgrade of the nodes',
            advice: `Upgrade or replace ${countOf(behind.length, 'node')} so that every kubelet runs ${newest.release}.`,
          },
        ],
        templateMayCauseIt: false,
      },
    ];
  },
});
