import { type ElementState, isEmptyState } from './element-state.ts';
import { blocksOf, valuesOf } from './view-payloads.ts';
import type { EmulatedView, ViewBody, ViewStore } from './view-store.ts';

/** What Slack shows after a person has pressed the submit button of a modal. */
export type SubmissionOutcome =
  /** The modal closes. */
  | { readonly kind: 'none' }
  /** Every modal closes. */
  | { readonly kind: 'clear' }
  | { readonly kind: 'update' | 'push'; readonly view: EmulatedView }
  /** The modal stays open, with these words at its blocks. */
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }
  /** “We had some trouble connecting. Try again?”: the modal stays open. */
  | { readonly kind: 'trouble'; readonly reason: string }
  /** Nothing was sent: these blocks have no entry, or one that their element does not take. */
  | { readonly kind: 'incomplete'; readonly blockIds: readonly string[] };

type Part = Readonly<Record<string, unknown>>;

/** Does what the app's answer to a submission asks for. */
export function showSubmissionAnswer(
  views: ViewStore,
  view: EmulatedView,
  response: unknown,
): SubmissionOutcome {
  if (isNothing(response)) {
    views.close(view);
    return { kind: 'none' };
  }
  const answer = response as Part;
  switch (answer['response_action']) {
    case 'clear':
      views.clear(view.userId);
      return { kind: 'clear' };
    case 'update':
      return { kind: 'update', view: views.update(view, answer['view'] as ViewBody) };
    case 'push': {
      const pushed = views.push(view.userId, answer['view'] as ViewBody);
      return pushed === undefined
        ? { kind: 'trouble', reason: 'three modals are open' }
        : { kind: 'push', view: pushed };
    }
    case 'errors':
      return showErrors(view, answer['errors']);
    default:
      return { kind: 'trouble', reason: `this is no response action: ${JSON.stringify(response)}` };
  }
}

/** The input blocks that Slack would not let through: without a required entry, too short, too long, no number. */
export function missingEntries(view: EmulatedView): readonly string[] {
  const values = valuesOf(view);
  return blocksOf(view.body)
    .filter(({ type }) => type === 'input')
    .filter((block) => {
      const element = block['element'] as Part;
      const state = values[String(block['block_id'])]?.[String(element['action_id'])];
      if (state === undefined || isEmptyState(state as ElementState)) return block['optional'] !== true;
      return !isWithinLimits(element, state['value']);
    })
    .map((block) => String(block['block_id']));
}

function isNothing(response: unknown): boolean {
  if (response === undefined || response === null || response === '') return true;
  return typeof response === 'object' && Object.keys(response).length === 0;
}

/** Slack shows errors at input blocks of this view; anything else it cannot show. */
function showErrors(view: EmulatedView, given: unknown): SubmissionOutcome {
  const errors = (given ?? {}) as Readonly<Record<string, string>>;
  const inputs = blocksOf(view.body).filter(({ type }) => type === 'input');
  const unknown = Object.keys(errors).filter(
    (blockId) => !inputs.some((block) => block['block_id'] === blockId),
  );
  if (unknown.length > 0 || Object.keys(errors).length === 0) {
    return { kind: 'trouble', reason: `errors at no input block: ${unknown.join(', ')}` };
  }
  view.errors = errors;
  return { kind: 'errors', errors };
}

function isWithinLimits(element: Part, value: unknown): boolean {
  if (typeof value !== 'string') return true;
  if (element['type'] === 'number_input') return isNumberWithin(element, value);
  const { min_length: shortest, max_length: longest } = element as {
    min_length?: number;
    max_length?: number;
  };
  return value.length >= (shortest ?? 0) && value.length <= (longest ?? 3_000);
}

function isNumberWithin(element: Part, value: string): boolean {
  const isNumber = element['is_decimal_allowed'] === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!isNumber.test(value)) return false;
  const lowest = Number(element['min_value'] ?? Number.NEGATIVE_INFINITY);
  const highest = Number(element['max_value'] ?? Number.POSITIVE_INFINITY);
  return Number(value) >= lowest && Number(value) <= highest;
}
