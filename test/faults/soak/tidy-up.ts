import { isTerminal, type Store } from '@jamie/core';
import type { SoakWorld } from './soak-world.ts';

/** Nobody looks at a change any more that ended so long ago. */
const FORGOTTEN_AFTER_MS = 20_000;
const RECENT = 200;

/**
 * Takes away the Deployments whose change ended a while ago, each once: a cluster that grows would let its cache grow too.
 * A store that is away is asked again the next time.
 */
export function tidierOf({ backend }: SoakWorld, store: Store): () => Promise<void> {
  const gone = new Set<string>();
  const path = `/apis/apps/v1/namespaces/${backend.namespace}/deployments`;
  return async () => {
    const plans = await store.listPlans({ limit: RECENT }).catch(() => []);
    const names = plans
      .filter(({ status, updatedAt }) => isTerminal(status) && Date.now() - updatedAt > FORGOTTEN_AFTER_MS)
      .flatMap(({ plan }) => plan.steps.map(({ target }) => target.ref.name));
    for (const name of names.filter((each) => !gone.has(each))) {
      gone.add(name);
      await backend.administer('DELETE', `${path}/${name}?propagationPolicy=Background`);
    }
  };
}
