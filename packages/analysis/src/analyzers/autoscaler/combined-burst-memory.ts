import { defineCombinedBurstAnalyzer } from './combined-burst-analyzer.ts';

/** CHK-HPA-1113: the maxima of all autoscalers ask for more memory than is free. */
export const combinedBurstMemory = defineCombinedBurstAnalyzer('CHK-HPA-1113', 'memory', ['popeye 605']);
