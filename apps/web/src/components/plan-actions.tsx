import type { PlanCard } from '@jamie/core';
import { type KeyboardEvent, type ReactNode, type SubmitEvent, useEffect, useRef } from 'react';
import { type CardActivity, canVote } from '../data/card-activity.ts';

interface PlanActionsProps {
  readonly card: PlanCard;
  readonly activity: CardActivity;
  readonly onVote: (decision: 'approve' | 'deny', reason?: string) => void;
  readonly onActivity: (activity: CardActivity) => void;
  readonly onUndo: () => void;
}

const LONGEST_REASON = 500;

/** The buttons that the card offers now; none when it offers none. Each names its plan to a screen reader. */
export function PlanActions({ card, activity, onVote, onActivity, onUndo }: PlanActionsProps): ReactNode {
  const { actions, planId } = card;
  const ready = canVote(activity, card.planHash);
  const sending = activity.kind === 'sending' ? activity.decision : undefined;
  const deny = useRef<HTMLButtonElement>(null);
  const wasDenying = useRef(false);
  useEffect(() => {
    // The form goes away with its focus; it returns to the button that opened the form.
    if (wasDenying.current && activity.kind !== 'denying') deny.current?.focus();
    wasDenying.current = activity.kind === 'denying';
  }, [activity.kind]);
  if (actions.length === 0) return null;
  if (activity.kind === 'denying' && actions.includes('deny')) {
    return (
      <DenyForm
        planId={planId}
        onDeny={(reason) => onVote('deny', reason)}
        onCancel={() => onActivity({ kind: 'idle' })}
      />
    );
  }
  return (
    <div className="plan-actions">
      {actions.includes('approve') && (
        <button
          type="button"
          className="button button-primary"
          aria-disabled={!ready}
          aria-label={`Approve plan ${planId}`}
          onClick={() => ready && onVote('approve')}
        >
          {sending === 'approve' ? 'Approving…' : 'Approve'}
        </button>
      )}
      {actions.includes('deny') && (
        <button
          ref={deny}
          type="button"
          className="button"
          aria-disabled={!ready}
          aria-label={`Deny plan ${planId}`}
          onClick={() => ready && onActivity({ kind: 'denying' })}
        >
          {sending === 'deny' ? 'Denying…' : 'Deny'}
        </button>
      )}
      {actions.includes('undo') && (
        <button type="button" className="button" aria-label={`Undo plan ${planId}`} onClick={onUndo}>
          Undo
        </button>
      )}
    </div>
  );
}

interface DenyFormProps {
  readonly planId: string;
  readonly onDeny: (reason: string | undefined) => void;
  readonly onCancel: () => void;
}

function DenyForm({ planId, onDeny, onCancel }: DenyFormProps): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const reason = field.current?.value.trim() ?? '';
    onDeny(reason === '' ? undefined : reason);
  }
  function leaveOnEscape(event: KeyboardEvent): void {
    if (event.key === 'Escape') onCancel();
  }
  const fieldId = `deny-${planId}`;
  return (
    <form className="deny-form" onSubmit={submit} onKeyDown={leaveOnEscape}>
      <label htmlFor={fieldId}>Why? The requester will read it. You may leave it empty.</label>
      <div className="deny-row">
        <input id={fieldId} ref={field} type="text" maxLength={LONGEST_REASON} autoComplete="off" />
        <button type="submit" className="button button-danger">
          Deny
        </button>
        <button type="button" className="button button-quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
