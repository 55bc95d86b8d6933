import { formatLabels } from '../../wording.ts';
import { defineContainerLint } from '../template/container-lint.ts';
import { defaultsOf } from './namespace-defaults.ts';

/** CHK-CON-710: it may take all the CPU that nobody else uses now. Many mean it so; one without requests is CHK-CON-707's. */
export const noCpuLimit = defineContainerLint({
  code: 'CHK-CON-710',
  title: 'container with requests but no CPU limit',
  sources: ['HolmesGPT cpu limits missing'],
  reads: ['LimitRange'],
  problem: { one: 'has no CPU limit', many: 'have no CPU limit' },
  consequence: 'it may take whatever CPU its node has left, and how fast it is depends on its neighbours',
  remedy: {
    label: 'Decide whether to limit its CPU',
    advice: 'Leave it so where its CPU request is right; set a CPU limit where it must not disturb others.',
  },
  find: ({ requests, limits, isInit }, { view }, index) => {
    const isBounded = limits['cpu'] !== undefined || defaultsOf(index, view.namespace).limits.has('cpu');
    return Object.keys(requests).length + Object.keys(limits).length > 0 && !isBounded && !isInit
      ? { field: 'resources.limits', says: formatLabels(limits) || 'none' }
      : undefined;
  },
});
