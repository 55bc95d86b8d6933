import type { DirectOperation, Plan, Remediation } from '@jamie/core';
import type { PolicyBook } from '@jamie/policy';
import { quantityOf } from '../catalogue/quantity.ts';
import { directOperationsOf } from '../planning/direct-operations.ts';

/** What each remediation may ask for, and nothing else. The pod of a Job that is stuck is made anew by the Job. */
const OPERATIONS: Readonly<Record<Remediation, readonly DirectOperation['kind'][]>> = {
  'roll-back': ['rollback'],
  'raise-memory': ['resize'],
  'delete-failed-pods': ['delete_pod'],
  'rerun-job': ['rerun_job', 'delete_pod'],
  'cordon-node': ['cordon'],
};

/** What the rules of the team say about a change made by itself. */
export type RemedyStanding =
  | { readonly kind: 'allowed'; readonly level: 'suggest' | 'act'; readonly rules: readonly string[] }
  | {
      readonly kind: 'refused';
      readonly reason: 'not_allowed' | 'other_operation' | 'above_ceiling';
      /** What, why and what to do. */
      readonly message: string;
    };

/**
 * What the rules in force say about a change made by itself, wherever one of its steps takes place: the strictest of its
 * places decides. Pure. Asked when the plan is made and again right before it starts.
 */
export function remedyStanding(
  plan: Pick<Plan, 'operation' | 'steps'> & { readonly healing: { readonly remediation: Remediation } },
  book: Pick<PolicyBook, 'autonomyOf'>,
): RemedyStanding {
  const { remediation } = plan.healing;
  const operations = directOperationsOf(plan.operation);
  const isOwn =
    operations.length > 0 && operations.every(({ kind }) => OPERATIONS[remediation].includes(kind));
  if (!isOwn)
    return refuse('other_operation', `This change is not what ${remediation} does. Ask for it by hand.`);
  const places = [...new Set(plan.steps.map(({ target }) => target.ref.namespace))];
  const levels: ('suggest' | 'act')[] = [];
  for (const place of places) {
    const { level, remediations, memoryCeilingBytes } = book.autonomyOf(place);
    if (level === 'off' || !remediations.includes(remediation)) {
      const message = `The policy lets no ${remediation} happen by itself ${inPlace(place)}. Ask for it by hand.`;
      return refuse('not_allowed', message);
    }
    const tooMuch = operations.find((operation) => exceeds(operation, memoryCeilingBytes));
    if (tooMuch !== undefined) {
      const most = `${Math.floor(memoryCeilingBytes / 2 ** 20)} MiB`;
      return refuse(
        'above_ceiling',
        `By itself a container ${inPlace(place)} gets at most ${most}. Ask for it by hand.`,
      );
    }
    levels.push(level);
  }
  const rules = places.map((place) => `autonomy ${inPlace(place)}`);
  return { kind: 'allowed', level: levels.includes('suggest') ? 'suggest' : 'act', rules };
}

/** Whether an operation asks for more memory than the ceiling, for an amount that nobody can read, or for processors. */
function exceeds(operation: DirectOperation, ceilingBytes: number): boolean {
  if (operation.kind !== 'resize') return false;
  return [operation.requests, operation.limits].some((amounts) => {
    if (amounts?.cpu !== undefined) return true;
    const bytes = amounts?.memory === undefined ? 0 : quantityOf(amounts.memory);
    return bytes === undefined || bytes > ceilingBytes;
  });
}

function inPlace(namespace: string | undefined): string {
  return namespace === undefined ? 'on nodes' : `in ${namespace}`;
}

function refuse(
  reason: Extract<RemedyStanding, { kind: 'refused' }>['reason'],
  message: string,
): RemedyStanding {
  return { kind: 'refused', reason, message };
}
