import type { PlanId } from '@jamie/core';

/** Where a command is to look or act, as typed; resolved against the cluster later. */
export interface Place {
  readonly namespace?: string;
  readonly cluster?: string;
}

/** What a person wants, with typed parameters. `words` name an object and are resolved against the cluster. */
export type Intent =
  | { readonly kind: 'help'; readonly topic?: string }
  | { readonly kind: 'status' }
  | { readonly kind: 'clusters' }
  | { readonly kind: 'health'; readonly place: Place }
  | { readonly kind: 'why'; readonly words: readonly string[]; readonly place: Place }
  | {
      readonly kind: 'scale';
      readonly words: readonly string[];
      readonly replicas: number;
      readonly place: Place;
    }
  | { readonly kind: 'restart'; readonly words: readonly string[]; readonly place: Place }
  | {
      readonly kind: 'rollback';
      readonly words: readonly string[];
      readonly toRevision?: number;
      readonly place: Place;
    }
  | { readonly kind: 'undo'; readonly planId?: PlanId }
  | { readonly kind: 'approve'; readonly planId?: PlanId; readonly reason: string }
  | { readonly kind: 'deny'; readonly planId?: PlanId; readonly reason: string }
  | { readonly kind: 'freeze'; readonly reason: string }
  | { readonly kind: 'unfreeze'; readonly reason: string };

export type ParsedText =
  | { readonly kind: 'intent'; readonly intent: Intent }
  /** Not understood: what is wrong, and what to type instead. */
  | { readonly kind: 'invalid'; readonly message: string };
