import { defineProbeKillAnalyzer } from './probe-kills.ts';

/** CHK-POD-153: the program is killed before it has finished starting. */
export const startupProbeFailing = defineProbeKillAnalyzer({
  code: 'CHK-POD-153',
  title: 'container that is restarted by its startup probe',
  probe: 'startup',
  advice: (container, probe) =>
    `Container ${container} does not pass the ${probe} in time: check path and port, or allow more time with failureThreshold × periodSeconds.`,
});
