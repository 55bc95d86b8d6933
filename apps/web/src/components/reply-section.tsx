import type { ReplySection } from '@jamie/core';
import type { ReactNode } from 'react';
import { byPlace } from '../data/by-place.ts';
import { CitedText } from './cited-text.tsx';
import { EvidenceList } from './evidence-list.tsx';

interface ReplySectionProps {
  readonly section: ReplySection;
  readonly evidenceIds: readonly string[];
  readonly onCite: (number: number) => void;
  readonly onPlaced: (number: number, element: HTMLDetailsElement | null) => void;
}

/** One part of a reply. Everything in it may be cluster text: it is laid out as text and as nothing else. */
export function ReplySectionView({ section, ...citing }: ReplySectionProps): ReactNode {
  return (
    <section className="reply-section">
      {section.title !== undefined && <h4>{section.title}</h4>}
      <SectionBody section={section} {...citing} />
    </section>
  );
}

function SectionBody({ section, evidenceIds, onCite, onPlaced }: ReplySectionProps): ReactNode {
  const cited = (text: string): ReactNode => (
    <CitedText text={text} evidenceIds={evidenceIds} onCite={onCite} />
  );
  switch (section.kind) {
    case 'text':
      return byPlace(section.lines).map(([key, line]) => <p key={key}>{cited(line)}</p>);
    case 'list':
      return (
        <ul className="points">
          {byPlace(section.items).map(([key, item]) => (
            <li key={key}>{cited(item)}</li>
          ))}
        </ul>
      );
    case 'table':
      return (
        <SectionTable columns={section.columns} rows={section.rows} title={section.title} cited={cited} />
      );
    case 'code':
      return <pre className="code">{section.text}</pre>;
    case 'evidence': {
      const [first] = section.evidence;
      const firstNumber = first === undefined ? 1 : evidenceIds.indexOf(first.id) + 1;
      return <EvidenceList evidence={section.evidence} firstNumber={firstNumber} onPlaced={onPlaced} />;
    }
  }
}

interface SectionTableProps {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly title: string | undefined;
  readonly cited: (text: string) => ReactNode;
}

function SectionTable({ columns, rows, title, cited }: SectionTableProps): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard.
    <section className="table-frame" aria-label={title ?? 'Table'} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {byPlace(columns).map(([key, column]) => (
              <th key={key} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byPlace(rows).map(([place, row]) => (
            <tr key={place}>
              {byPlace(row).map(([key, cell]) => (
                <td key={key}>{cited(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
