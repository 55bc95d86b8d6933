/** One sentence of a model: its words without the citations, and the ids that it cites. */
export interface ClaimedSentence {
  readonly body: string;
  readonly evidenceIds: readonly string[];
  /** False when it does not end as sentences do. */
  readonly isFinished: boolean;
}

const BULLET = /^\s*(?:[-*•]|\d{1,2}[.)])\s+/;
const CITATION = /\[\s*(E\d+(?:\s*[,;]\s*E\d+)*)\s*\]/g;
const ONLY_CITATIONS_FIRST = /^(?:\[\s*E\d+(?:\s*[,;]\s*E\d+)*\s*\]\s*)+/;
const SENTENCE_END = /(?<=[.!?])\s+(?=[A-Z"'`[])/;
const MAX_TEXT_CHARACTERS = 6_000;

/** Splits a model's text into sentences. A citation behind the full stop belongs to the sentence before it. Pure. */
export function splitSentences(text: string): readonly ClaimedSentence[] {
  const pieces = plainText(text.slice(0, MAX_TEXT_CHARACTERS))
    .split('\n')
    .flatMap((line) => line.replace(BULLET, '').trim().split(SENTENCE_END))
    .filter((piece) => piece !== '');
  return attachCitations(pieces)
    .map(toSentence)
    .filter(({ body }) => body !== '');
}

/** Typographic quotes, dashes and emphasis in plain ASCII, so that each rule looks at one spelling only. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\u2018\u2019\u201b]/g, "'")
    .replaceAll(/[\u201c\u201d\u00ab\u00bb]/g, '"')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/[`*]/g, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ');
}

function attachCitations(pieces: readonly string[]): readonly string[] {
  const attached: string[] = [];
  for (const piece of pieces) {
    const leading = ONLY_CITATIONS_FIRST.exec(piece)?.[0] ?? '';
    const last = attached.at(-1);
    const belongsBefore = leading !== '' && last !== undefined && last.search(CITATION) < 0;
    if (belongsBefore) attached[attached.length - 1] = `${last} ${leading}`;
    attached.push(belongsBefore ? piece.slice(leading.length) : piece);
  }
  return attached;
}

function toSentence(piece: string): ClaimedSentence {
  const evidenceIds = [...piece.matchAll(CITATION)].flatMap(([, ids = '']) => ids.split(/\s*[,;]\s*/));
  const words = piece.replaceAll(CITATION, ' ').replaceAll(/\s+/g, ' ').trim();
  const body = words.replaceAll(/\s+([.,;!?])/g, '$1').replace(/[.!?\s]+$/, '');
  return { body, evidenceIds: [...new Set(evidenceIds)], isFinished: /[.!?\]]\s*$/.test(piece) };
}
