import type { Evidence, ObjectRef } from '@jamie/core';
import type { ReactNode } from 'react';
import { formatMoment } from '../data/format-time.ts';

interface EvidenceListProps {
  readonly evidence: readonly Evidence[];
  /** The number of the first one, counted through the whole reply. */
  readonly firstNumber: number;
  /** Tells where each one stands on the page, so that a citation can open it. */
  readonly onPlaced: (number: number, element: HTMLDetailsElement | null) => void;
}

const SOURCE = { object: 'Object', event: 'Event', log: 'Log' } as const;

/** Observations, closed until somebody wants to see one: where, when, and word for word what. */
export function EvidenceList({ evidence, firstNumber, onPlaced }: EvidenceListProps): ReactNode {
  return (
    <ol className="evidence">
      {evidence.map((one, index) => {
        const number = firstNumber + index;
        return (
          <li key={one.id} className="evidence-item">
            <details ref={(element) => onPlaced(number, element)}>
              <summary>
                <span className="evidence-number">{number}</span>
                <span className="evidence-source">{SOURCE[one.source]}</span>
                <span className="evidence-where">
                  {nameOf(one.ref)} · {one.where}
                </span>
              </summary>
              <pre className="code">{one.text}</pre>
              <p className="evidence-origin">
                Seen {formatMoment(one.observedAt)} · <code>{one.id}</code>
              </p>
            </details>
          </li>
        );
      })}
    </ol>
  );
}

function nameOf(ref: ObjectRef): string {
  return ref.namespace === undefined ? `${ref.kind} ${ref.name}` : `${ref.kind} ${ref.namespace}/${ref.name}`;
}
