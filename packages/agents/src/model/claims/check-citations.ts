import { redactSecrets } from '@jamie/core';
import type { Grounds } from '../grounds.ts';
import { allowedBy } from './allowed-text.ts';
import { findUnsupported, type UnsupportedReason } from './find-unsupported.ts';
import { type ForbiddenReason, findForbidden } from './forbidden-phrases.ts';
import { type ClaimedSentence, splitSentences } from './split-sentences.ts';

export type DropReason =
  | 'uncited'
  | 'unknown_evidence'
  | 'unfinished'
  | 'too_long'
  | 'too_many'
  | 'repeated'
  | 'secret'
  | ForbiddenReason
  | UnsupportedReason;

export interface CheckedClaims {
  /** Whole sentences with their citations at the end, for example `The container exits with code 1 [E1].` */
  readonly sentences: readonly string[];
  readonly dropped: readonly { readonly text: string; readonly reason: DropReason }[];
}

export interface CheckOptions {
  /** Names of objects that are about but not part of these findings, in lower case. */
  readonly otherNames?: ReadonlySet<string>;
  /** False when the model was stopped: what it was saying may have gone on to say the opposite. Default: true. */
  readonly isWhole?: boolean;
}

/** The most sentences that an answer keeps of a model's. */
export const MOST_SENTENCES = 5;
const MOST_CHARACTERS = 400;

/**
 * Keeps of a model's text what its evidence bears out, and drops the rest: sentences without a citation, with a
 * number, name or quotation that the cited evidence and findings do not hold, with advice, commands, links or markup,
 * or that say that all is well or that something was done. Pure; errs towards dropping.
 */
export function checkCitations(text: string, grounds: Grounds, options: CheckOptions = {}): CheckedClaims {
  const sentences: string[] = [];
  const dropped: { readonly text: string; readonly reason: DropReason }[] = [];
  const { otherNames = new Set(), isWhole = true } = options;
  const claimed = splitSentences(text);
  for (const [index, each] of claimed.entries()) {
    const sentence = { ...each, isFinished: each.isFinished && (isWhole || index < claimed.length - 1) };
    const worded = render(sentence);
    const reason = sentences.includes(worded)
      ? 'repeated'
      : (findFault(sentence, grounds, otherNames) ??
        (sentences.length >= MOST_SENTENCES ? 'too_many' : undefined));
    if (reason === undefined) sentences.push(worded);
    else dropped.push({ text: sentence.body, reason });
  }
  return { sentences, dropped };
}

function findFault(
  sentence: ClaimedSentence,
  grounds: Grounds,
  otherNames: ReadonlySet<string>,
): DropReason | undefined {
  const { body, evidenceIds, isFinished } = sentence;
  const known = new Set(grounds.evidence.map(({ id }) => String(id)));
  if (body.length > MOST_CHARACTERS) return 'too_long';
  if (!isFinished) return 'unfinished';
  if (evidenceIds.length === 0) return 'uncited';
  if (!evidenceIds.every((id) => known.has(id))) return 'unknown_evidence';
  if (redactSecrets(body) !== body) return 'secret';
  return (
    findForbidden(body) ??
    findUnsupported(body, allowedBy(evidenceIds, grounds), otherNames, grounds.isHealthy)
  );
}

function render({ body, evidenceIds }: ClaimedSentence): string {
  return `${body} [${evidenceIds.join(', ')}].`;
}
