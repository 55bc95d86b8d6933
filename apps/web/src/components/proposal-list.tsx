import { formatCommand, type Proposal } from '@jamie/core';
import type { ReactNode } from 'react';
import { byPlace } from '../data/by-place.ts';

interface ProposalListProps {
  readonly proposals: readonly Proposal[];
  readonly onCommand: (command: string) => void;
}

/** What could be done. A button asks for a plan, which changes nothing; advice without an operation stays text. */
export function ProposalList({ proposals, onCommand }: ProposalListProps): ReactNode {
  if (proposals.length === 0) return null;
  return (
    <section className="proposals">
      <h4>What you could do</h4>
      <ul>
        {byPlace(proposals).map(([key, proposal]) => (
          <li key={key}>
            <ProposalItem proposal={proposal} onCommand={onCommand} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ProposalItem({
  proposal,
  onCommand,
}: {
  readonly proposal: Proposal;
  readonly onCommand: (command: string) => void;
}): ReactNode {
  const { label, advice, operation } = proposal;
  if (operation === undefined) {
    return (
      <div className="proposal-words">
        <strong>{label}</strong>
        <span>{advice}</span>
      </div>
    );
  }
  const command = formatCommand(operation);
  return (
    <>
      <div className="proposal-words">
        <span>{advice}</span>
        <code>{command}</code>
      </div>
      <button type="button" className="button" onClick={() => onCommand(command)}>
        {label}
      </button>
    </>
  );
}
