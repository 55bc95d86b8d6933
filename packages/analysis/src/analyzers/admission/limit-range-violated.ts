import { defineRefusalAnalyzer } from './refusal-analyzer.ts';

/** CHK-ADM-402: requests or limits are outside the bounds of the namespace. */
export const limitRangeViolated = defineRefusalAnalyzer({
  code: 'CHK-ADM-402',
  title: 'LimitRange that refuses pods',
  refusal: 'limit_range',
  refuser: 'A LimitRange of the namespace',
  label: 'Fit the requests and limits to the LimitRange',
  advice:
    'Set requests and limits of the pod template within the bounds that the message names, or change the LimitRange.',
});
