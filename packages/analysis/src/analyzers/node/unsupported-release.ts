import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { kubeletVersions } from './kubelet-version.ts';

const DAY_MS = 86_400_000;
const MONTH_MS = (365.25 * DAY_MS) / 12;

/** v1.30 was released on 17 April 2024, and three releases follow each year: https://kubernetes.io/releases/. */
const KNOWN = { minor: 30, releasedAt: Date.UTC(2024, 3, 17) };
const BETWEEN_RELEASES_MS = 4 * MONTH_MS;

/** A release gets patches for 14 months: https://kubernetes.io/releases/patch-releases/#support-period. */
const SUPPORTED_MS = 14 * MONTH_MS;

/** What an estimate of release dates may be wrong by. */
const MARGIN_MS = 2 * MONTH_MS;

/** CHK-NODE-525: even the newest node runs a release of Kubernetes that gets no patches any more. */
export const unsupportedRelease = defineAnalyzer({
  code: 'CHK-NODE-525',
  title: 'release of Kubernetes that gets no patches any more',
  severity: 'info',
  tier: 'node',
  lint: true,
  reads: ['Node'],
  sources: ['popeye 405', 'popeye 406'],
  analyze: (index) => {
    const newest = kubeletVersions(index).at(-1);
    if (newest === undefined) return [];
    const { node, minor, release } = newest;
    const releasedAt = KNOWN.releasedAt + (minor - KNOWN.minor) * BETWEEN_RELEASES_MS;
    const overMs = index.takenAt - releasedAt - SUPPORTED_MS;
    if (overMs < MARGIN_MS) return [];
    return [
      {
        subject: refOf(node),
        summary: `runs ${release}, the newest release in the cluster, which gets no patches any more`,
        since: index.takenAt - overMs,
        evidence: [observeField(node, 'status.nodeInfo.kubeletVersion', node.kubeletVersion, index.takenAt)],
        related: [],
        pods: [],
        explanation: `No node runs a newer release than ${release}, whose 14 months of patches ended about ${formatDuration(overMs)} ago; a vendor may support it for longer.`,
        confidence: 'medium' as const,
        remedies: [
          {
            label: 'Upgrade the cluster',
            advice:
              'Go up one minor version at a time, the control plane first; look for removed APIs before each step.',
          },
        ],
        templateMayCauseIt: false,
      },
    ];
  },
});
