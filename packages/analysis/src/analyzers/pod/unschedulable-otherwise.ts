import { defineUnschedulableAnalyzer } from './unschedulable-pod.ts';

/** CHK-POD-144: the scheduler's reason is none of those that have a detection of their own. */
export const unschedulableOtherwise = defineUnschedulableAnalyzer({
  code: 'CHK-POD-144',
  title: 'pod that cannot be scheduled for another reason',
  obstacle: 'other',
  detail: () => '',
  remedies: () => [
    {
      label: "Follow the scheduler's message",
      advice:
        "The scheduler's message names what it misses, for example a volume in another zone or a port that is taken.",
    },
  ],
});
