import type { ReplyOption } from '@jamie/core';
import type { ReactNode } from 'react';

interface FollowUpListProps {
  readonly followUps: readonly ReplyOption[];
  readonly onCommand: (command: string) => void;
}

/** What a person may want next. Each button asks for its command, which its title shows. */
export function FollowUpList({ followUps, onCommand }: FollowUpListProps): ReactNode {
  if (followUps.length === 0) return null;
  return (
    <ul className="follow-ups" aria-label="What next">
      {followUps.map(({ label, command }) => (
        <li key={command}>
          <button
            type="button"
            className="button button-quiet"
            title={command}
            onClick={() => onCommand(command)}
          >
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
}
