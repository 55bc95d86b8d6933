import type { ChatModel } from '@jamie/core';
import { type CheckedClaims, checkCitations, MOST_SENTENCES } from './claims/check-citations.ts';
import { describeEvidence, describeFact, type Grounds } from './grounds.ts';
import { describeModelFailure } from './model-failure.ts';
import { loadPrompts } from './prompts.ts';
import { quoteData } from './quote-data.ts';

export interface WordingRequest {
  readonly question: string;
  readonly grounds: Grounds;
  /** Names of objects that are about but not part of these findings, in lower case. */
  readonly otherNames?: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

export type WordingResult =
  | {
      readonly kind: 'worded';
      /** At most five, each with its citations. */
      readonly sentences: readonly string[];
      readonly dropped: CheckedClaims['dropped'];
    }
  /** `reason` is a clause for the last line of the answer, which is made without the model. */
  | { readonly kind: 'nothing_left'; readonly reason: string; readonly dropped: CheckedClaims['dropped'] };

/** Room for five sentences with their citations. */
const MAX_ANSWER_TOKENS = 400;

/**
 * Has a model put findings into words, and keeps what the evidence bears out. A failure of the model is a result.
 * Throws cancelled when the signal aborts, and config_invalid when a prompt is spoilt.
 */
export async function wordFindings(model: ChatModel, request: WordingRequest): Promise<WordingResult> {
  const { grounds, question, signal } = request;
  if (grounds.facts.length === 0 || grounds.evidence.length === 0) {
    return { kind: 'nothing_left', reason: 'there was nothing for the model to word', dropped: [] };
  }
  const prompts = loadPrompts();
  const system = prompts.wordFindings.fill({ most_sentences: String(MOST_SENTENCES) });
  const user = prompts.findings.fill({
    question: quoteData([question]),
    facts: quoteData(grounds.facts.map(describeFact)),
    evidence: quoteData(grounds.evidence.map(describeEvidence)),
  });
  try {
    const answer = await model.chat({
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
      maxTokens: MAX_ANSWER_TOKENS,
      signal,
    });
    const { sentences, dropped } = checkCitations(answer.text, grounds, {
      isWhole: answer.isWhole,
      ...(request.otherNames !== undefined && { otherNames: request.otherNames }),
    });
    if (sentences.length > 0) return { kind: 'worded', sentences, dropped };
    const reason = 'the model said nothing that the evidence bears out';
    return { kind: 'nothing_left', reason, dropped };
  } catch (error) {
    return { kind: 'nothing_left', reason: describeModelFailure(error), dropped: [] };
  }
}
