import type { Reply } from '@jamie/core';
import type { ReactNode } from 'react';
import { ReplyView } from './reply-view.tsx';

interface HealingCasesProps {
  /** Undefined: not read yet. */
  readonly cases: Reply | undefined;
  readonly onCommand: (command: string) => void;
}

/** What heals itself now: every case with its fault, its state, what was tried today, and what comes next. */
export function HealingCases({ cases, onCommand }: HealingCasesProps): ReactNode {
  if (cases === undefined) return null;
  return (
    <section className="healing-cases" aria-label="Cases of self-healing">
      <ReplyView reply={cases} onCommand={onCommand} />
    </section>
  );
}
