import { observeField } from '../../evidence/observe.ts';
import { podsOn } from '../../snapshot/pods-by-node.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-NODE-521: a node takes no new pods. Where pods wait for it, that is a fault of theirs. */
export const cordonedNode = defineAnalyzer({
  code: 'CHK-NODE-521',
  title: 'node that is cordoned',
  severity: 'info',
  tier: 'node',
  lint: true,
  reads: ['Node'],
  helpedBy: ['Pod'],
  sources: ['popeye 711'],
  analyze: (index) =>
    index.nodes
      .filter((node) => node.unschedulable && node.deletingSince === undefined)
      .map((node) => {
        const pods = podsOn(index, node).length;
        return {
          subject: refOf(node),
          summary: 'is cordoned',
          since: node.createdAt,
          evidence: [observeField(node, 'spec.unschedulable', 'true', index.takenAt)],
          related: [],
          pods: [],
          explanation: `Node ${node.name} is cordoned: it takes no new pods, and ${countOf(pods, 'pod')} still ${pods === 1 ? 'runs' : 'run'} on it.`,
          confidence: 'high' as const,
          remedies: [
            {
              label: `Uncordon ${node.name}`,
              advice: `Somebody cordoned ${node.name}, perhaps on purpose, for maintenance: ask them first.`,
              operation: { kind: 'uncordon' as const, target: { kind: 'Node' as const, name: node.name } },
            },
          ],
          templateMayCauseIt: false,
        };
      }),
});
