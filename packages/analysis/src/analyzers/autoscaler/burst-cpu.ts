import { defineBurstAnalyzer } from './burst-analyzer.ts';

/** CHK-HPA-1110: the maximum of one autoscaler asks for more cores than are free. */
export const burstCpu = defineBurstAnalyzer('CHK-HPA-1110', 'cpu', ['popeye 602']);
