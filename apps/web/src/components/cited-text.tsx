import type { ReactNode } from 'react';
import { byPlace } from '../data/by-place.ts';
import { citeEvidence } from '../data/cite-evidence.ts';

interface CitedTextProps {
  readonly text: string;
  readonly evidenceIds: readonly string[];
  /** Opens the evidence with this number. */
  readonly onCite: (number: number) => void;
}

/** A sentence whose evidence ids became small numbered buttons that open the evidence. */
export function CitedText({ text, evidenceIds, onCite }: CitedTextProps): ReactNode {
  return byPlace(citeEvidence(text, evidenceIds)).map(([key, part]) => {
    if (part.kind === 'text') return <span key={key}>{part.text}</span>;
    return (
      <button
        key={key}
        type="button"
        className="citation"
        aria-label={`Show evidence ${part.number}`}
        onClick={() => onCite(part.number)}
      >
        {part.number}
      </button>
    );
  });
}
