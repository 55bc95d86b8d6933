import type { FoundVerb } from '../match-verb.ts';
import type { Sentence } from '../sentence.ts';
import { OPERATIONS_BY_FIRST, type OperationWay } from '../words/operations.ts';
import { hasEvidence } from './find-evidence.ts';

/** The order for an operation that begins at a word, when what its verb needs is said as well; undefined otherwise. */
export function matchOperation(sentence: Sentence, at: number): FoundVerb | undefined {
  const { texts } = sentence;
  for (const way of OPERATIONS_BY_FIRST.get(texts[at] ?? '') ?? []) {
    const particleAt = matchWay(texts, at, way);
    if (particleAt === undefined || !hasEvidence(way.evidence, sentence, at)) continue;
    return { verb: way.verb, at, ...(particleAt !== -1 && { particleAt }) };
  }
  return undefined;
}

/** Where its particle stands, -1 for a way that has none; undefined when it is not said. */
function matchWay(texts: readonly string[], at: number, { verb }: OperationWay): number | undefined {
  const { head, particle } = verb;
  if (!head.every((word, index) => texts[at + index] === word)) return undefined;
  if (particle.length === 0) return -1;
  const from = at + head.length + 1;
  const found = texts.findIndex(
    (_, index) => index >= from && particle.every((word, offset) => texts[index + offset] === word),
  );
  return found === -1 ? undefined : found;
}
