import { defineBurstAnalyzer } from './burst-analyzer.ts';

/** CHK-HPA-1111: the maximum of one autoscaler asks for more memory than is free. */
export const burstMemory = defineBurstAnalyzer('CHK-HPA-1111', 'memory', ['popeye 603']);
