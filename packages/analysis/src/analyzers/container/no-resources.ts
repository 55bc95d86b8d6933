import { defineContainerLint } from '../template/container-lint.ts';
import { defaultsOf } from './namespace-defaults.ts';

/** CHK-CON-707: the scheduler knows nothing of it. A LimitRange of the namespace may fill it in: then it is well. */
export const noResources = defineContainerLint({
  code: 'CHK-CON-707',
  title: 'container without requests and limits',
  sources: ['popeye 106'],
  reads: ['LimitRange'],
  problem: { one: 'has neither requests nor limits', many: 'have neither requests nor limits' },
  consequence:
    'the scheduler packs it as if it used nothing, it is the first to be evicted, and it may starve its neighbours',
  remedy: {
    label: 'Set requests and a memory limit',
    advice: 'Set requests to what it usually uses, and a memory limit somewhat higher than its usual peak.',
  },
  find: ({ requests, limits, isInit }, { view }, index) => {
    const defaults = defaultsOf(index, view.namespace);
    const isBare = Object.keys(requests).length + Object.keys(limits).length === 0;
    return isBare && !isInit && defaults.requests.size + defaults.limits.size === 0
      ? { field: 'resources', says: 'no requests and no limits' }
      : undefined;
  },
});
