import { defineCombinedBurstAnalyzer } from './combined-burst-analyzer.ts';

/** CHK-HPA-1112: the maxima of all autoscalers ask for more cores than are free. */
export const combinedBurstCpu = defineCombinedBurstAnalyzer('CHK-HPA-1112', 'cpu', ['popeye 604']);
