import { formatLabels } from '../../wording.ts';
import { defineContainerLint } from '../template/container-lint.ts';
import { defaultsOf } from './namespace-defaults.ts';

/**
 * CHK-CON-708: it requests something, but nothing keeps its memory in bounds. A CPU limit only throttles: see CHK-CON-710.
 */
export const noLimits = defineContainerLint({
  code: 'CHK-CON-708',
  title: 'container with requests but no memory limit',
  sources: ['popeye 107'],
  reads: ['LimitRange'],
  problem: { one: 'has no memory limit', many: 'have no memory limit' },
  consequence: 'a leak takes the memory of the whole node before anything stops it',
  remedy: {
    label: 'Set a memory limit',
    advice:
      'Set a memory limit somewhat higher than its usual peak; leave CPU without one unless it must be held back.',
  },
  find: ({ requests, limits, isInit }, { view }, index) => {
    const isBounded =
      limits['memory'] !== undefined || defaultsOf(index, view.namespace).limits.has('memory');
    return Object.keys(requests).length + Object.keys(limits).length > 0 && !isBounded && !isInit
      ? { field: 'resources.limits', says: formatLabels(limits) || 'none' }
      : undefined;
  },
});
