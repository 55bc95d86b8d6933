import type { BallotResult, PlanId } from '@jamie/core';
import { type ReactNode, useRef } from 'react';
import type { ApiResult, PageBallot, PageSubmission } from '../data/api-client.ts';
import { type ConversationState, openRequests } from '../data/conversation-state.ts';
import { useFollowedEnd } from '../data/use-followed-end.ts';
import { MessageItem } from './message-item.tsx';
import { PendingItem } from './pending-item.tsx';

interface MessageListProps {
  readonly conversation: ConversationState;
  readonly nowMs: number;
  readonly vote: (planId: PlanId, ballot: PageBallot) => Promise<ApiResult<BallotResult>>;
  readonly onCommand: (command: string) => void;
  readonly onRetry: (submission: PageSubmission) => void;
}

/** The conversation, oldest first. It follows its end unless the reader has scrolled up. */
export function MessageList({ conversation, nowMs, vote, onCommand, onRetry }: MessageListProps): ReactNode {
  const list = useRef<HTMLOListElement>(null);
  const { behind, goToEnd } = useFollowedEnd(list, conversation);
  const waiting = openRequests(conversation).length > 0;
  return (
    <>
      <div role="log" aria-label="Conversation" aria-relevant="additions">
        <ol className="messages" ref={list}>
          {conversation.shown.map((shown) => (
            <MessageItem
              key={shown.message.id}
              shown={shown}
              nowMs={nowMs}
              vote={vote}
              onCommand={onCommand}
            />
          ))}
          {conversation.pending.map((pending) => (
            <PendingItem key={pending.submission.idempotencyKey} pending={pending} onRetry={onRetry} />
          ))}
        </ol>
      </div>
      <p className="waiting" role="status">
        {waiting && 'Jamie is looking into it…'}
      </p>
      {behind && (
        <button type="button" className="button to-end" onClick={goToEnd}>
          Newest Message
        </button>
      )}
    </>
  );
}
