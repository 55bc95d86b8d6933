import type { CheckResult } from '@jamie/core';
import type { ReactNode } from 'react';
import { sortChecks } from '../data/connection-summary.ts';

const STATUS_WORD = { ok: 'Connected', warning: 'Warning', failed: 'Failed', off: 'Not set up' } as const;

/** Every connection, how it stands, and the one step that connects or mends it. */
export function ChecksPanel({ checks }: { readonly checks: readonly CheckResult[] }): ReactNode {
  if (checks.length === 0) return <p className="checks-none">The server has not said yet.</p>;
  return (
    <ul className="checks-list">
      {sortChecks(checks).map((check) => (
        <li key={check.name}>
          <span className={`check-status check-${check.status}`}>{STATUS_WORD[check.status]}</span>
          <span className="check-words">
            <strong>{check.name}</strong> <span>{check.detail}</span>
            {check.mend !== '' && <span className="check-mend">{check.mend}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
