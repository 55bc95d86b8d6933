import type { PlanId } from '../ids.ts';

interface Editable {
  /** The name of the parameter, for example `replicas`. */
  readonly name: string;
  readonly label: string;
  /** What the plan has now, as it is typed; empty where it names none. */
  readonly value: string;
  /** What may be typed, in a sentence. */
  readonly hint: string;
}

/** One parameter of a plan that a person may change. What a text may say beyond its length is for the schema. */
export type EditableField =
  | (Editable & { readonly kind: 'whole_number'; readonly minimum: number; readonly maximum: number })
  | (Editable & { readonly kind: 'text'; readonly maximumLength: number });

/** What a person may change of a plan that waits for a decision. An edit is always a new plan. */
export interface PlanEditForm {
  readonly planId: PlanId;
  readonly planHash: string;
  readonly headline: string;
  readonly cluster: string;
  readonly fields: readonly EditableField[];
}

export type PlanEditReading =
  | { readonly kind: 'editable'; readonly form: PlanEditForm }
  /** The message says why not, and what to do. */
  | { readonly kind: 'refused'; readonly message: string };

/** New values by the name of their field, as they are typed. */
export type EditedValues = Readonly<Record<string, string>>;

/** The command that asks for the same plan with other values, exactly as a person would type it after /jamie. */
export function formatEdit(planId: PlanId, values: EditedValues): string {
  return ['edit', planId, ...Object.entries(values).map(([name, value]) => `${name}=${value}`)].join(' ');
}
