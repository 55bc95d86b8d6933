import { formatObjectRef, type ObjectRef, readJsonPointer, typedName } from '@jamie/core';
import type { CommandRequest } from '../command-request.ts';
import { asking, type Outcome, refusal } from '../outcome.ts';
import type { FoundOperand } from './find-operand.ts';

export type FoundAutoscaler =
  | { readonly kind: 'found'; readonly ref: ObjectRef }
  | { readonly kind: 'not_found'; readonly outcome: Outcome };

/** The autoscaler that scales a workload, read as the person; an autoscaler is its own. */
export async function findAutoscaler(
  { connection, ref }: FoundOperand,
  { request }: CommandRequest,
): Promise<FoundAutoscaler> {
  if (ref.kind === 'HorizontalPodAutoscaler') return { kind: 'found', ref };
  const query = { ...(ref.namespace !== undefined && { namespace: ref.namespace }) };
  const all = await connection.reader.list('HorizontalPodAutoscaler', query, request.principal.kubernetes);
  const names = all
    .filter(
      (one) =>
        readJsonPointer(one, '/spec/scaleTargetRef/kind') === ref.kind &&
        readJsonPointer(one, '/spec/scaleTargetRef/name') === ref.name,
    )
    .map(({ metadata }) => metadata.name);
  const [name, ...others] = names;
  if (name === undefined) {
    const command = `scale ${typedName(ref)} 3 -n ${ref.namespace}`;
    const message = `No autoscaler scales ${formatObjectRef(ref)}. Set its replicas instead, for example: ${command}.`;
    return { kind: 'not_found', outcome: refusal(message) };
  }
  if (others.length > 0)
    return {
      kind: 'not_found',
      outcome: asking(
        `${names.length} autoscalers scale ${formatObjectRef(ref)}. Name the one you mean: ${names.join(', ')}.`,
        '',
        [],
      ),
    };
  return { kind: 'found', ref: { ...ref, kind: 'HorizontalPodAutoscaler', name } };
}
