import type {
  ClusterConnection,
  Digest,
  FieldValues,
  JsonPatchOperation,
  KubeObject,
  ObjectRef,
  Principal,
  WriteRequest,
} from '@jamie/core';
import { formatObjectRef, isOpsError, OpsError } from '@jamie/core';
import { checkGuardrails } from '@jamie/policy';
import { accessOf } from './access.ts';
import { type BuiltStep, buildStep } from './build-step.ts';
import { describeCollision } from './compile-operation.ts';
import type { StepDraft } from './step-draft.ts';
import type { GrowingSurroundings } from './surroundings.ts';

/** A step that the guardrails, the authoriser and a dry run have let through. */
export interface TriedDraft extends BuiltStep {
  readonly draft: StepDraft;
}

export interface StepRefusal {
  readonly kind: 'refused';
  readonly reason: string;
  readonly message: string;
}

/** Tries the steps of a plan out, one after the other, each on what the earlier ones leave. */
export class StepTrial {
  readonly #connection: ClusterConnection;
  readonly #surroundings: GrowingSurroundings;
  readonly #digest: Digest;
  readonly #tried: TriedDraft[] = [];

  constructor(connection: ClusterConnection, surroundings: GrowingSurroundings, digest: Digest) {
    this.#connection = connection;
    this.#surroundings = surroundings;
    this.#digest = digest;
  }

  get tried(): readonly TriedDraft[] {
    return this.#tried;
  }

  /** Asks everybody who may object, then tries the step out. A step that would change nothing is left out. */
  async add(draft: StepDraft): Promise<StepRefusal | undefined> {
    const collision = describeCollision(
      this.#tried.map((each) => each.draft),
      draft,
    );
    if (collision !== undefined) return { kind: 'refused', reason: 'collision', message: collision };
    const guardrail = checkGuardrails(draft.request, this.#surroundings.ownNamespace);
    if (guardrail.kind === 'deny')
      return { kind: 'refused', reason: guardrail.reason, message: guardrail.message };
    const denied = await this.#reviewAccess(draft);
    if (denied !== undefined) return denied;
    const dryRun = await this.#dryRun(draft);
    if (dryRun.kind === 'refused') return dryRun;
    const id = `step-${this.#tried.length + 1}`;
    const built = buildStep(
      id,
      draft,
      { dryRun: dryRun.object, earlier: this.#earlier(draft) },
      this.#digest,
    );
    if (draft.request.verb === 'apply' && draft.before !== undefined && built.rollback === undefined)
      return undefined;
    this.#tried.push({ ...built, draft });
    this.#surroundings.leave(draft.target, built.after);
    return undefined;
  }

  async #reviewAccess({ request, target }: StepDraft): Promise<StepRefusal | undefined> {
    const { requester } = this.#surroundings;
    const { reader, info } = this.#connection;
    const answer = await reader.reviewAccess(requester.kubernetes, accessOf(request));
    if (answer.allowed) return undefined;
    return {
      kind: 'refused',
      reason: 'not_permitted',
      message: describeMissing(requester, target, info.name),
    };
  }

  async #dryRun(
    draft: StepDraft,
  ): Promise<StepRefusal | { readonly kind: 'tried'; readonly object: KubeObject | undefined }> {
    try {
      const { kubernetes } = this.#surroundings.requester;
      const object = await this.#connection.writer.dryRun(this.#onLive(draft), kubernetes);
      const leavesNone = draft.request.verb === 'delete' || draft.request.verb === 'evict';
      if (object === undefined && !leavesNone)
        throw new OpsError('internal', 'the dry run left no object', {
          details: { verb: draft.request.verb },
        });
      return { kind: 'tried', object: leavesNone ? undefined : object };
    } catch (error) {
      // Carried out, an eviction waits for its budget; the card says what the budget allows now.
      if (draft.request.verb === 'evict' && isHeldByBudget(error))
        return { kind: 'tried', object: undefined };
      const said = isOpsError(error) ? draft.explain?.(error) : undefined;
      if (said === undefined) throw error;
      return { kind: 'refused', reason: 'not_applicable', message: said };
    }
  }

  /** The request as it can be tried out now: a patch together with the earlier ones of the same object. */
  #onLive({ request }: StepDraft): WriteRequest {
    if (request.verb !== 'patch') return request;
    const earlier = this.#sameObject(request.target).flatMap(({ draft }): readonly JsonPatchOperation[] =>
      draft.request.verb === 'patch' && draft.request.subresource === request.subresource
        ? draft.request.patch
        : [],
    );
    return earlier.length === 0 ? request : { ...request, patch: [...earlier, ...request.patch] };
  }

  #earlier({ target }: StepDraft): FieldValues {
    return Object.assign({}, ...this.#sameObject(target).map(({ step }) => step.expected)) as FieldValues;
  }

  #sameObject(target: ObjectRef): readonly TriedDraft[] {
    return this.#tried.filter(({ draft }) => formatObjectRef(draft.target) === formatObjectRef(target));
  }
}

function isHeldByBudget(error: unknown): boolean {
  return isOpsError(error, 'rate_limited') && error.details['reason'] === 'disruption_budget';
}

function describeMissing({ kubernetes }: Principal, target: ObjectRef, cluster: string): string {
  const place = target.namespace === undefined ? '' : ` in ${target.namespace}`;
  return `Kubernetes does not let ${kubernetes.user} change ${target.kind} ${target.name}${place} on ${cluster}. Ask somebody with rights there.`;
}
