import type { JsonValue } from '../json.ts';
import type { ObjectRef } from './object-ref.ts';

export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: JsonValue }
  | { readonly op: 'remove'; readonly path: string };

/**
 * One deterministic API request, compiled at plan time: absolute values only, so that sending it again has no
 * second effect. The writer adds the live object's resourceVersion as precondition when it is sent.
 */
export interface WriteRequest {
  readonly verb: 'patch';
  readonly target: ObjectRef;
  readonly subresource?: 'scale';
  readonly patch: readonly JsonPatchOperation[];
}
