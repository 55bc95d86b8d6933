import { Environment } from '@marcbachmann/cel-js';
import type { OperationFacts } from '../operation-facts.ts';
import { costlyPart } from './condition-cost.ts';

/** What a condition may be about. The same names stand in docs/policy.md. */
const VARIABLES = {
  operations: 'list<string>',
  targets: 'list<map>',
  namespaces: 'list<string>',
  cluster: 'string',
  environment: 'string',
  requester: 'map',
  podsAffected: 'int',
  share: 'double',
  services: 'list<string>',
  managers: 'list<map>',
  images: 'list<string>',
  currentReplicas: 'int',
  wantedReplicas: 'int',
  readyReplicas: 'int',
  tier: 'string',
  now: 'google.protobuf.Timestamp',
} as const;

const ENVIRONMENT = Object.entries(VARIABLES).reduce(
  (environment, [name, type]) => environment.registerVariable(name, type),
  new Environment({
    unlistedVariablesAreDyn: false,
    limits: {
      maxAstNodes: 1_000,
      maxDepth: 50,
      maxListElements: 200,
      maxMapEntries: 50,
      maxCallArguments: 10,
    },
  }),
);

/** A condition in CEL, the language of Kubernetes' own admission policies. */
export interface Condition {
  readonly text: string;
  /** What cannot be decided holds: a condition only ever makes things stricter. */
  holds(values: ConditionValues): boolean;
}

export type ConditionValues = Readonly<Record<keyof typeof VARIABLES, unknown>>;

export type ConditionReading =
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'invalid'; readonly message: string };

/** Reads a condition, and refuses what is not certain to be true or false. */
export function readCondition(text: string): ConditionReading {
  const checked = ENVIRONMENT.check(text);
  if (!checked.valid)
    return { kind: 'invalid', message: firstLine(checked.error?.message ?? 'it is not CEL') };
  if (checked.type !== 'bool' && checked.type !== 'dyn') {
    return { kind: 'invalid', message: `it gives ${checked.type}, and must be true or false` };
  }
  const evaluate = ENVIRONMENT.parse(text);
  const costly = costlyPart(evaluate.ast);
  if (costly !== undefined) return { kind: 'invalid', message: costly };
  return {
    kind: 'condition',
    condition: {
      text,
      holds(values) {
        try {
          return evaluate(values) !== false;
        } catch {
          // A name that is not there, or a number where a text was meant: nobody can tell, so it is taken to hold.
          return true;
        }
      },
    },
  };
}

/** The values that conditions see. `tier` is the built-in one. */
export function conditionValues(facts: OperationFacts, tier: string): ConditionValues {
  const { effects, blastRadius, requester } = facts;
  const sum = (pick: (effect: OperationFacts['effects'][number]) => number) =>
    BigInt(effects.reduce((total, effect) => total + pick(effect), 0));
  return {
    operations: effects.map(({ operation }) => operation),
    targets: effects.map(({ target }) => ({
      kind: target.kind,
      namespace: target.namespace ?? '',
      name: target.name,
    })),
    namespaces: namespacesOf(facts),
    cluster: facts.cluster,
    environment: facts.environment,
    requester: {
      id: requester.id,
      user: requester.kubernetes.user,
      groups: [...requester.kubernetes.groups],
      teams: [...(requester.teams ?? [])],
      source: requester.source,
    },
    podsAffected: BigInt(blastRadius.podsAffected),
    share: blastRadius.share,
    services: [...blastRadius.services],
    managers: facts.managers.map(({ kind, name, reverts }) => ({ kind, name, reverts })),
    images: effects.flatMap(({ images }) => [...images]),
    currentReplicas: sum(({ currentReplicas }) => currentReplicas),
    wantedReplicas: sum(({ wantedReplicas }) => wantedReplicas),
    readyReplicas: sum(({ readyReplicas }) => readyReplicas),
    tier,
    now: new Date(facts.now),
  };
}

/** The namespaces that a change touches, each once; none for what belongs to the whole cluster. */
export function namespacesOf({ effects }: Pick<OperationFacts, 'effects'>): readonly string[] {
  return [
    ...new Set(effects.flatMap(({ target }) => (target.namespace === undefined ? [] : [target.namespace]))),
  ];
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
