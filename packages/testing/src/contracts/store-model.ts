import type { CommitResult, Defaults, FreezeState, HealingCase, JobRequest, StoreChange } from '@jamie/core';

/** The part of a store's state that random histories touch, as plainly as it can be written. */
export interface StoreModel {
  readonly plans: ReadonlyMap<string, number>;
  readonly votes: readonly string[];
  readonly intents: ReadonlyMap<string, 'open' | 'completed'>;
  readonly outbox: readonly JobRequest[];
  readonly auditKinds: readonly string[];
  readonly defaults: ReadonlyMap<string, Defaults>;
  readonly healingCases: ReadonlyMap<string, HealingCase>;
  readonly freeze: Pick<FreezeState, 'frozen' | 'version'>;
}

export const EMPTY_STORE: StoreModel = {
  plans: new Map(),
  votes: [],
  intents: new Map(),
  outbox: [],
  auditKinds: [],
  defaults: new Map(),
  healingCases: new Map(),
  freeze: { frozen: false, version: 0 },
};

type ConflictReason = Extract<CommitResult, { readonly kind: 'conflict' }>['reason'];
/** What random histories are made of. */
export type ModelChange = Exclude<
  StoreChange,
  {
    readonly kind:
      | `conversation.${string}`
      | `request.${string}`
      | `message.${string}`
      | 'delegation.put'
      | 'inbox.finish'
      // Which head may follow depends on hashes, which the model does not know: they have cases of their own.
      | 'audit.sign_head'
      | 'audit.remove';
  }
>;

/** What a commit does to the model: its new state, or the reason of the first conflict and no change at all. */
export function commitToModel(
  model: StoreModel,
  changes: readonly ModelChange[],
): StoreModel | ConflictReason {
  let state = model;
  for (const change of changes) {
    const next = applyToModel(state, change);
    if (typeof next === 'string') return next;
    state = next;
  }
  return state;
}

type Change<Kind extends ModelChange['kind']> = Extract<ModelChange, { readonly kind: Kind }>;
type Rules = {
  readonly [Kind in ModelChange['kind']]: (
    model: StoreModel,
    change: Change<Kind>,
  ) => StoreModel | ConflictReason;
};

const RULES: Rules = {
  'plan.insert': (model, { record }) => {
    if (model.plans.has(record.plan.id)) return 'already_exists';
    return { ...model, plans: new Map(model.plans).set(record.plan.id, record.version) };
  },
  'plan.update': (model, { record, expectedVersion }) => {
    const version = model.plans.get(record.plan.id);
    if (version === undefined) return 'not_found';
    if (version !== expectedVersion) return 'version_mismatch';
    return { ...model, plans: new Map(model.plans).set(record.plan.id, record.version) };
  },
  'vote.insert': (model, { vote }) => {
    const key = `${vote.planId} ${vote.principal.id}`;
    return model.votes.includes(key) ? 'already_exists' : { ...model, votes: [...model.votes, key] };
  },
  'intent.insert': (model, { intent }) => {
    if (model.intents.has(intent.id)) return 'already_exists';
    return { ...model, intents: new Map(model.intents).set(intent.id, 'open') };
  },
  'intent.complete': (model, { id }) => {
    const intent = model.intents.get(id);
    if (intent === undefined) return 'not_found';
    if (intent === 'completed') return 'version_mismatch';
    return { ...model, intents: new Map(model.intents).set(id, 'completed') };
  },
  'outbox.add': (model, { job }) => {
    const isKnown = model.outbox.some((other) => other.deduplicationId === job.deduplicationId);
    return isKnown ? model : { ...model, outbox: [...model.outbox, job] };
  },
  'audit.append': (model, { entry }) => ({ ...model, auditKinds: [...model.auditKinds, entry.kind] }),
  'defaults.put': (model, { defaults, expectedVersion }) => {
    const version = model.defaults.get(defaults.scope)?.version ?? 0;
    if (version !== expectedVersion) return 'version_mismatch';
    return { ...model, defaults: new Map(model.defaults).set(defaults.scope, defaults) };
  },
  'healing.put': (model, { healingCase, expectedVersion }) => {
    const version = model.healingCases.get(healingCase.id)?.version ?? 0;
    if (version !== expectedVersion) return 'version_mismatch';
    return { ...model, healingCases: new Map(model.healingCases).set(healingCase.id, healingCase) };
  },
  'freeze.put': (model, { state, expectedVersion }) => {
    if (model.freeze.version !== expectedVersion) return 'version_mismatch';
    return { ...model, freeze: { frozen: state.frozen, version: state.version } };
  },
  'freeze.expect': (model, { version }) => (model.freeze.version === version ? model : 'version_mismatch'),
};

function applyToModel(model: StoreModel, change: ModelChange): StoreModel | ConflictReason {
  // The table is indexed by the kind of this very change, which TypeScript cannot follow through a union.
  const rule = RULES[change.kind] as (model: StoreModel, change: ModelChange) => StoreModel | ConflictReason;
  return rule(model, change);
}
