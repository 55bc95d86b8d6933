import type { Part } from '../name-parts.ts';
import type { Sentence } from '../sentence.ts';
import { KIND_WORDS, type ShortKind } from '../words/kinds.ts';
import { NUMBERS } from '../words/numbers.ts';
import type { Evidence } from '../words/operations.ts';

const DELETABLE: ReadonlySet<ShortKind> = new Set([
  ...(['deploy', 'sts', 'ds', 'rs', 'pod', 'svc', 'cm'] as const),
  ...(['cronjob', 'job', 'hpa', 'ing', 'pdb', 'pvc', 'netpol'] as const),
]);
const WORKLOADS: ReadonlySet<ShortKind | undefined> = new Set([undefined, 'deploy', 'sts', 'ds']);

/** Whether what a verb needs is said after it. */
export function hasEvidence(evidence: Evidence, sentence: Sentence, at: number): boolean {
  const parts = sentence.parts.slice(at);
  const words = sentence.plain.slice(at);
  const kind = kindIn(parts);
  switch (evidence) {
    case 'plain':
      return true;
    case 'cron':
      return kind === 'cronjob';
    case 'job':
      return kind === 'job';
    case 'kind':
      return kind !== undefined && DELETABLE.has(kind) && !isPartOf(words);
    case 'node':
      return kind === 'node' || parts.some((part) => part.isNode === true);
    case 'workload':
      return WORKLOADS.has(kind);
    case 'image':
      return words.some((text) => /^images?$/.test(text)) || parts.some(isImage);
    case 'resource':
      return words.some((text) => /^(?:memory|cpu|ram|cpus|mem)$/.test(text)) && !hasImageWord(words);
    case 'bounds':
      return kind === 'hpa' || words.some((text) => /^(?:scale|autoscale|grow|autoscaling)$/.test(text));
    case 'label':
      return words.some((text) => /^labels?$/.test(text)) || words[0] === 'tag';
    case 'annotation':
      return words.some((text) => /^(?:annotations?|annotate)$/.test(text));
    case 'now':
      return words.includes('now') && parts.some(({ isObject }) => isObject) && kind === undefined;
  }
}

/** "Remove one pod from basket" takes a replica, "remove the label from the pod" a label. */
function isPartOf(words: readonly string[]): boolean {
  return words.some((text) => /^(?:from|off|labels?|annotations?|\d+|a|an)$/.test(text) || NUMBERS.has(text));
}

function hasImageWord(words: readonly string[]): boolean {
  return words.some((text) => /^images?$/.test(text));
}

/** `shop/cart:1.4.3`, `postgres:16`, `shop/cart@sha256:…`: a tag or a digest tells it from every other name. */
export function isImage({ typed, isObject }: Pick<Part, 'typed' | 'isObject'>): boolean {
  return (
    !isObject && /^[a-z0-9][\w./-]*(?::\d+\/[\w./-]+)?(?::[\w][\w.-]*|@sha256:[a-f0-9]{64})$/.test(typed)
  );
}

/** The first kind that is said, also before a slash. */
function kindIn(parts: readonly Part[]): ShortKind | undefined {
  for (const { text, typed, isObject } of parts) {
    if (isObject) continue;
    const kind =
      KIND_WORDS.get(text) ?? KIND_WORDS.get(typed.includes('/') ? (typed.split('/').at(-2) ?? '') : '');
    if (kind !== undefined) return kind;
  }
  return undefined;
}
