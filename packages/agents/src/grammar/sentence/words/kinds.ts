import { phrasesOf, wordsOf } from './phrases.ts';

/** How kinds are typed in a target. */
export type ShortKind =
  | 'deploy'
  | 'sts'
  | 'ds'
  | 'rs'
  | 'pod'
  | 'node'
  | 'svc'
  | 'cm'
  | 'cronjob'
  | 'job'
  | 'hpa'
  | 'ing'
  | 'netpol'
  | 'pdb'
  | 'pvc';

const KINDS: readonly (readonly [ShortKind, string])[] = [
  [
    'deploy',
    'deployment deployments deploy deploys deployement déploiement déploiements deploiement despliegue despliegues implantação implantacao implementação distribuzione bereitstellung',
  ],
  ['sts', 'statefulset statefulsets sts stateful-set stateful-sets'],
  ['ds', 'daemonset daemonsets ds daemon-set daemon-sets'],
  ['rs', 'replicaset replicasets rs replica-set'],
  ['pod', 'pod po'],
  ['node', 'node nodes knoten nœud noeud nœuds nodo nodi nodos nó nós'],
  ['svc', 'svc'],
  ['cm', 'configmap configmaps cm'],
  ['cronjob', 'cronjob cronjobs cron-job cron-jobs cj'],
  ['job', 'job jobs'],
  ['hpa', 'hpa hpas autoscaler autoscalers horizontalpodautoscaler'],
  ['ing', 'ingress ing'],
  ['netpol', 'networkpolicy netpol'],
  ['pdb', 'pdb poddisruptionbudget'],
  ['pvc', 'pvc persistentvolumeclaim'],
];

/** The kind that a word says. */
export const KIND_WORDS: ReadonlyMap<string, ShortKind> = new Map(
  KINDS.flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind] as const)),
);

/** Kinds in two words. */
export const LONG_KINDS = phrasesOf(
  'stateful set, stateful sets, daemon set, daemon sets, replica set, cron job, cron jobs',
);

/** Words beside a name that say nothing of its kind: people say them of any program. */
export const THING_WORDS =
  wordsOf(`service services app application workload thing program microservice apps workloads component system server backend frontend
dienst anwendung servicio aplicación aplicacion servizio applicazione serviço servico aplicação aplicacao pods replicas called named instance`);

/** "Namespace", also in other languages, as it is written in the middle of an English sentence. */
export const NAMESPACE_WORDS = wordsOf(
  'namespace namespaces namensraum espacio-de-nombres espace-de-noms espace-de-nommage spazio-dei-nomi espaço-de-nomes ns name-space nämespace',
);
export const LONG_NAMESPACES = phrasesOf(
  'espacio de nombres, espace de noms, espace de nommage, spazio dei nomi, espaço de nomes, espaco de nomes, name space',
);
export const CLUSTER_WORDS = wordsOf('cluster clusters klaster grappe clúster environment env region');

/** Words for the object that was last spoken of. */
export const PRONOUNS = wordsOf('it that this them these those');
export const DETERMINERS = wordsOf(
  'the a an our my your this that these those das der die den dem le la les el los il lo o os',
);
