import { defineProbeKillAnalyzer } from './probe-kills.ts';

/** CHK-POD-152: the kubelet kills a running program because its liveness probe fails. */
export const livenessProbeFailing = defineProbeKillAnalyzer({
  code: 'CHK-POD-152',
  title: 'container that is restarted by its liveness probe',
  sources: ['HolmesGPT misconfigured liveness', 'OpenSRE 004-liveness-probe-killing'],
  probe: 'liveness',
  advice: (container, probe) =>
    `Check path, port and timeout of the ${probe}, and whether container ${container} is too busy to answer; a longer timeoutSeconds or failureThreshold keeps a slow program alive.`,
});
