import type { JsonObject, JsonValue } from '../json.ts';
import type { ObjectRef } from './object-ref.ts';

export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: string };

/** A JSON Patch of absolute values. The writer adds the live object's resourceVersion as precondition. */
export interface PatchRequest {
  readonly verb: 'patch';
  readonly target: ObjectRef;
  readonly subresource?: 'scale' | 'resize';
  readonly patch: readonly JsonPatchOperation[];
}

/**
 * Server-side apply as our own field manager, never forced: a field that somebody else manages is a conflict. The
 * manifest has neither uid nor resourceVersion; the writer adds them, with the live object's resourceVersion.
 */
export interface ApplyRequest {
  readonly verb: 'apply';
  readonly target: ObjectRef;
  /** Exactly the object with this uid is changed. null: there must be none, and one is made. */
  readonly uid: string | null;
  readonly manifest: JsonObject;
}

/** Makes an object under a name that follows from the plan, so that asking again finds it made. */
export interface CreateRequest {
  readonly verb: 'create';
  readonly target: ObjectRef;
  readonly manifest: JsonObject;
}

/** Deletes exactly the object with this uid; one made anew under the same name stays. */
export interface DeleteRequest {
  readonly verb: 'delete';
  readonly target: ObjectRef;
  readonly uid: string;
  readonly propagation: 'Background' | 'Foreground' | 'Orphan';
}

/** Asks for the eviction of exactly the pod with this uid; disruption budgets may refuse it for now. */
export interface EvictRequest {
  readonly verb: 'evict';
  readonly target: ObjectRef;
  readonly uid: string;
}

/** One deterministic API request, compiled at plan time, so that sending it again has no second effect. */
export type WriteRequest = PatchRequest | ApplyRequest | CreateRequest | DeleteRequest | EvictRequest;
