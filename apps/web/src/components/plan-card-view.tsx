import type { BallotResult, PlanCard, PlanId } from '@jamie/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ApiResult, PageBallot } from '../data/api-client.ts';
import { byPlace } from '../data/by-place.ts';
import { activityAfterVote, type CardActivity } from '../data/card-activity.ts';
import { formatFact } from '../data/format-time.ts';
import { planPhase } from '../data/plan-phase.ts';
import { DiffView } from './diff-view.tsx';
import { PlanActions } from './plan-actions.tsx';

interface PlanCardViewProps {
  readonly card: PlanCard;
  readonly nowMs: number;
  readonly vote: (planId: PlanId, ballot: PageBallot) => Promise<ApiResult<BallotResult>>;
  readonly onCommand: (command: string) => void;
}

/** The live card of one plan. It shows the record and nothing else; a click changes it only by way of the server. */
export function PlanCardView({ card, nowMs, vote, onCommand }: PlanCardViewProps): ReactNode {
  const [activity, setActivity] = useState<CardActivity>({ kind: 'idle' });
  const status = useRef<HTMLParagraphElement>(null);
  useFocusKept(status, card.actions.length === 0);
  async function send(decision: 'approve' | 'deny', reason?: string): Promise<void> {
    const { planId, planHash } = card;
    setActivity({ kind: 'sending', decision });
    const result = await vote(planId, { decision, planHash, ...(reason === undefined ? {} : { reason }) });
    setActivity(activityAfterVote(result, planHash));
  }
  const phase = planPhase(card.status);
  return (
    <article className={`plan plan-${phase.tone}`} aria-label={`Plan ${card.planId}`}>
      <header className="plan-top">
        <span className="plan-kind">
          Plan <code>{card.planId}</code>
        </span>
        <span className={`pill pill-${phase.tone}`}>{phase.label}</span>
      </header>
      <h3 className="plan-headline">{card.headline}</h3>
      {card.healing !== undefined && <p className="plan-healing">{card.healing}</p>}
      <p className="plan-status" role="status" ref={status} tabIndex={-1}>
        {card.statusLine}
      </p>
      <PlanWarnings warnings={card.warnings} />
      <PlanDetails card={card} nowMs={nowMs} />
      <PlanVotes votes={card.votes} />
      <PlanActions
        card={card}
        activity={activity}
        onVote={(decision, reason) => void send(decision, reason)}
        onActivity={setActivity}
        onUndo={() => onCommand(`undo ${card.planId}`)}
      />
      <ActivityNote activity={activity} card={card} />
    </article>
  );
}

/** When the last button goes, focus would fall to the top of the page; it moves to the status line instead. */
function useFocusKept(target: React.RefObject<HTMLElement | null>, withoutActions: boolean): void {
  const hadFocus = useRef(false);
  useEffect(() => {
    const card = target.current?.closest('article');
    const note = (): void => {
      hadFocus.current = card?.querySelector('.plan-actions, .deny-form')?.matches(':focus-within') ?? false;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [target]);
  useEffect(() => {
    if (withoutActions && hadFocus.current) target.current?.focus({ preventScroll: true });
  }, [target, withoutActions]);
}

function PlanWarnings({ warnings }: { readonly warnings: readonly string[] }): ReactNode {
  if (warnings.length === 0) return null;
  return (
    <ul className="plan-warnings" aria-label="Warnings">
      {byPlace(warnings).map(([key, warning]) => (
        <li key={key}>
          <span className="tone-word">Warning</span>
          {warning}
        </li>
      ))}
    </ul>
  );
}

/** Open while there is something to decide or to watch; a plan that had ended when it came into view is folded. */
function PlanDetails({ card, nowMs }: { readonly card: PlanCard; readonly nowMs: number }): ReactNode {
  const [startsOpen] = useState(() => !isEnded(card.status));
  return (
    <details className="plan-details" open={startsOpen}>
      <summary>Change and facts</summary>
      <DiffView diff={card.diff} />
      <PlanFacts facts={card.facts} nowMs={nowMs} />
    </details>
  );
}

function isEnded(status: PlanCard['status']): boolean {
  const { tone } = planPhase(status);
  return tone !== 'asking' && tone !== 'busy';
}

function PlanFacts({
  facts,
  nowMs,
}: {
  readonly facts: PlanCard['facts'];
  readonly nowMs: number;
}): ReactNode {
  return (
    <dl className="plan-facts">
      {byPlace(facts).map(([key, { label, value }]) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>{formatFact(value, nowMs)}</dd>
        </div>
      ))}
    </dl>
  );
}

function PlanVotes({ votes }: { readonly votes: readonly string[] }): ReactNode {
  if (votes.length === 0) return null;
  return (
    <ul className="plan-votes" aria-label="Votes">
      {byPlace(votes).map(([key, vote]) => (
        <li key={key}>{vote}</li>
      ))}
    </ul>
  );
}

function ActivityNote({
  activity,
  card,
}: {
  readonly activity: CardActivity;
  readonly card: PlanCard;
}): ReactNode {
  if (activity.kind === 'refused') {
    return (
      <p className="plan-note plan-note-refused" role="alert">
        {activity.message}
      </p>
    );
  }
  // Once the plan moves on, its status line says more than the receipt of a vote.
  const deciding = card.status === 'awaiting_approval' && activity.kind === 'voted';
  if (!deciding || activity.planHash !== card.planHash) return null;
  return <p className="plan-note">{activity.message}</p>;
}
