import type { ReactNode } from 'react';
import type { PageSubmission } from '../data/api-client.ts';
import type { PendingSubmission } from '../data/conversation-state.ts';

/** Something sent that the server has not shown back yet, or that did not arrive. */
export function PendingItem({
  pending,
  onRetry,
}: {
  readonly pending: PendingSubmission;
  readonly onRetry: (submission: PageSubmission) => void;
}): ReactNode {
  const { submission, progress } = pending;
  return (
    <li className="message message-person">
      <p className="message-top">
        <span className="message-author">You</span>
        <span>{progressWord(progress)}</span>
      </p>
      <p className="said said-pending">{submission.text}</p>
      {progress.kind === 'failed' && (
        <p className="not-sent" role="alert">
          <span>{progress.message}</span>
          <button type="button" className="button" onClick={() => onRetry(submission)}>
            Try Again
          </button>
        </p>
      )}
    </li>
  );
}

function progressWord(progress: PendingSubmission['progress']): string {
  if (progress.kind !== 'failed') return 'Sending…';
  return progress.isKnown ? 'Not sent' : 'Not confirmed';
}
