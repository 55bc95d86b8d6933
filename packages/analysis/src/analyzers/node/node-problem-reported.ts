import type { ConditionView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { keepPodsAway } from './keep-pods-away.ts';

/** Conditions that are True in trouble: https://github.com/kubernetes/node-problem-detector, its configurations. */
const PROBLEMS: ReadonlySet<string> = new Set([
  'KernelDeadlock',
  'ReadonlyFilesystem',
  'XfsShutdown',
  'CperHardwareErrorFatal',
  'CorruptDockerOverlay2',
  'FrequentKubeletRestart',
  'FrequentDockerRestart',
  'FrequentContainerdRestart',
  'FrequentUnregisterNetDevice',
  'KubeletUnhealthy',
  'ContainerRuntimeUnhealthy',
]);

/** Conditions that are False in trouble: https://docs.aws.amazon.com/eks/latest/userguide/node-health.html. */
const HEALTHY: ReadonlySet<string> = new Set([
  'AcceleratedHardwareReady',
  'ContainerRuntimeReady',
  'KernelReady',
  'NetworkingReady',
  'StorageReady',
]);

/** CHK-NODE-506: a program that watches over a node says that something is broken. */
export const nodeProblemReported = defineAnalyzer({
  code: 'CHK-NODE-506',
  title: 'node of which a watcher reports a problem',
  severity: 'warning',
  tier: 'node',
  reads: ['Node'],
  sources: ['k8sgpt Node unknown conditions'],
  analyze: (index) =>
    index.nodes.flatMap((node) => {
      const problems = node.conditions.filter(
        (condition) => isProblem(condition) && index.takenAt - condition.since >= READY_GRACE_MS,
      );
      const [first] = problems;
      if (first === undefined) return [];
      const types = listOf(problems.map(({ type }) => type).sort());
      return [
        {
          subject: refOf(node),
          summary: `reports a problem: ${types}`,
          since: Math.min(...problems.map(({ since }) => since)),
          evidence: problems.map((condition) =>
            observeField(
              node,
              `status.conditions[${condition.type}]`,
              `${condition.status}, ${condition.reason}: ${condition.message}`,
              index.takenAt,
            ),
          ),
          related: [],
          pods: [],
          explanation: `Something that watches over node ${node.name} reports ${types}: "${toSingleLine(first.message || first.reason, 160)}".`,
          confidence: 'medium' as const,
          remedies: [
            ...keepPodsAway(node),
            {
              label: 'Look at the machine, or replace it',
              advice: `A kernel, a file system or a runtime in this state rarely mends itself: look at ${node.name}, move its pods elsewhere and restart or replace it.`,
            },
          ],
          templateMayCauseIt: false,
        },
      ];
    }),
});

function isProblem({ type, status }: ConditionView): boolean {
  return (status === 'True' && PROBLEMS.has(type)) || (status === 'False' && HEALTHY.has(type));
}
