import { nameSpreads } from './placement-rules.ts';
import { defineUnschedulableAnalyzer } from './unschedulable-pod.ts';

/** CHK-POD-177: wherever it went, its pods would be spread too unevenly. */
export const spreadConflict = defineUnschedulableAnalyzer({
  code: 'CHK-POD-177',
  title: 'pod that its topology spread keeps from every node',
  obstacle: 'spread',
  detail: (_index, { pod }) => nameSpreads(pod),
  remedies: () => [
    {
      label: 'Make room in the zone that has too few, or let it schedule anyway',
      advice:
        'Add or uncordon a node in the zone that has the fewest of its pods, or set whenUnsatisfiable to ScheduleAnyway in the pod template. Nodes without the label of the spread never take it.',
    },
  ],
});
