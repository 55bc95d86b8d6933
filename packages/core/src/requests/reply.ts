import type { Proposal } from '../diagnosis.ts';
import type { Evidence } from '../evidence.ts';
import type { PlanId } from '../ids.ts';
import type { ReplyChart } from './reply-chart.ts';

/** A part of a reply. Plain text everywhere: each surface escapes and lays it out in its own way. */
export type ReplySection =
  | { readonly kind: 'text'; readonly title?: string; readonly lines: readonly string[] }
  | { readonly kind: 'list'; readonly title?: string; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly title?: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'code'; readonly title?: string; readonly text: string }
  | { readonly kind: 'evidence'; readonly title?: string; readonly evidence: readonly Evidence[] };

/** Something that a person may ask for with one click: a command exactly as it would be typed after /jamie. */
export interface ReplyOption {
  readonly label: string;
  readonly command: string;
}

/** Asks which one was meant, instead of guessing. Shown as a select, or as a list of commands where there is none. */
export interface ReplyChoice {
  readonly prompt: string;
  /** At least one; surfaces cut at their own limits and say so. */
  readonly options: readonly ReplyOption[];
}

/** Text that is too long for a message: a whole log, a whole list. Redacted already. */
export interface ReplyFile {
  /** A file name, for example `checkout-7d9f-app.log`. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** Most follow-ups of one reply: more are no help at three in the morning. */
export const MAX_FOLLOW_UPS = 5;

/**
 * What a request ends in: an answer, a refusal with who can help, an error with a reference, or a plan card.
 * Presentation-neutral; the headline alone carries the point.
 */
export interface Reply {
  readonly tone: 'answer' | 'refusal' | 'error';
  readonly headline: string;
  readonly sections: readonly ReplySection[];
  readonly proposals: readonly Proposal[];
  readonly choice?: ReplyChoice;
  /** What a person may want next: the next page, a narrower look. At most MAX_FOLLOW_UPS. */
  readonly followUps?: readonly ReplyOption[];
  readonly files?: readonly ReplyFile[];
  readonly charts?: readonly ReplyChart[];
  /** The answer still grows, until this time at the latest; absent once it has ended. */
  readonly followingUntil?: number;
  /** The message is the live card of this plan. */
  readonly planId?: PlanId;
  /** The plan that the message speaks of without being its card; a surface may link to the card. */
  readonly about?: PlanId;
  /** What a person quotes when they report an error. */
  readonly referenceId?: string;
}
