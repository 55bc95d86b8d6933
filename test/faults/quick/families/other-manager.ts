import type { Dice } from '../dice.ts';
import type { QuickTrial } from '../quick-trial.ts';

/** Somebody who keeps an object as they have it: by writes of their own, under their own name as field manager. */
export interface OtherManager {
  readonly who: 'Argo CD' | 'Flux' | 'a person' | 'an autoscaler';
  readonly fieldManager: string;
  /** How they are named to people. */
  readonly named: RegExp;
  /** Marks by which they are known before they have written anything. */
  readonly marks: object;
}

/** Those that keep fields of a template or marks. */
const KEEPERS: readonly OtherManager[] = [
  {
    who: 'Argo CD',
    fieldManager: 'argocd-controller',
    named: /Argo CD/,
    marks: { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:default/web' } },
  },
  {
    who: 'Flux',
    fieldManager: 'kustomize-controller',
    named: /Flux/,
    marks: {
      labels: {
        'kustomize.toolkit.fluxcd.io/name': 'shop',
        'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
      },
    },
  },
  { who: 'a person', fieldManager: 'kubectl-edit', named: /kubectl-edit/, marks: {} },
];

/** Keeps the replicas of a Deployment. */
export const AUTOSCALER: OtherManager = {
  who: 'an autoscaler',
  fieldManager: 'kube-controller-manager',
  named: /HorizontalPodAutoscaler/,
  marks: {},
};

export function someKeeper(dice: Dice): OtherManager {
  return dice.oneOf(KEEPERS);
}

const PATHS = { configmaps: '/api/v1', deployments: '/apis/apps/v1' } as const;

/** A write of this manager to the API server of the trial: a merge patch. */
export async function writeAs(
  trial: QuickTrial,
  { fieldManager }: Pick<OtherManager, 'fieldManager'>,
  object: { readonly collection: keyof typeof PATHS; readonly name: string; readonly patch: object },
): Promise<void> {
  const { collection, name, patch } = object;
  const path = `${PATHS[collection]}/namespaces/${trial.namespace}/${collection}/${name}`;
  const answer = await trial.site.backend.administer('PATCH', `${path}?fieldManager=${fieldManager}`, patch);
  if (answer.status >= 300)
    throw new Error(`PATCH ${path} as ${fieldManager}: ${answer.status} ${answer.text}`);
}
