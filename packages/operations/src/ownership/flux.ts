import { managedFieldsOf, writesAny } from './managed-fields.ts';
import { type FindManager, isRemoval, labelOf, type ManagerFacts } from './manager-facts.ts';

interface FluxController {
  readonly manager: string;
  readonly kind: 'Kustomization' | 'HelmRelease';
  readonly prefix: string;
}

const CONTROLLERS: readonly FluxController[] = [
  { manager: 'kustomize-controller', kind: 'Kustomization', prefix: 'kustomize.toolkit.fluxcd.io' },
  { manager: 'helm-controller', kind: 'HelmRelease', prefix: 'helm.toolkit.fluxcd.io' },
];

/**
 * A Flux Kustomization or HelmRelease that keeps the object as Git has it: by the labels that Flux puts on what it makes
 * (fluxcd.io/flux/components/kustomize/kustomizations), or by its writes. A Kustomization takes back what it wrote at
 * its next interval.
 */
export const findFlux: FindManager = (facts) => {
  for (const controller of CONTROLLERS) {
    const found = find(controller, facts);
    if (found !== undefined) return found;
  }
  return undefined;
};

function find({ manager, kind, prefix }: FluxController, facts: ManagerFacts): ReturnType<FindManager> {
  const { live, ref, written } = facts;
  const [name, namespace] = [labelOf(live, `${prefix}/name`), labelOf(live, `${prefix}/namespace`)];
  const isWriter = managedFieldsOf(live).some((entry) => entry.manager === manager);
  if (name === undefined && !isWriter) return undefined;
  const named =
    name === undefined ? `Flux ${kind}` : `Flux ${kind} ${namespace ?? ''}${namespace ? '/' : ''}${name}`;
  return {
    kind: 'flux',
    name: named,
    ref,
    evidence:
      name === undefined ? `its writes as ${manager} in managedFields` : `label ${prefix}/name=${name}`,
    reverts: isRemoval(facts) || !isWriter || writesAny([manager], live, written),
    advice: `Change it in Git and let Flux reconcile; ${named}.`,
  };
}
