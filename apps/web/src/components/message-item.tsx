import type { BallotResult, PlanId, ShownMessage } from '@jamie/core';
import { memo, type ReactNode } from 'react';
import type { ApiResult, PageBallot } from '../data/api-client.ts';
import { formatMoment, formatTime } from '../data/format-time.ts';
import { PlanCardView } from './plan-card-view.tsx';
import { ReplyView } from './reply-view.tsx';

interface MessageItemProps {
  readonly shown: ShownMessage;
  readonly nowMs: number;
  readonly vote: (planId: PlanId, ballot: PageBallot) => Promise<ApiResult<BallotResult>>;
  readonly onCommand: (command: string) => void;
}

/** One message of the conversation. Painted again only when its version has changed. */
export const MessageItem = memo(function MessageItem({
  shown,
  nowMs,
  vote,
  onCommand,
}: MessageItemProps): ReactNode {
  const { message, card } = shown;
  return (
    <li className={`message message-${message.author}`}>
      <p className="message-top">
        {/* Scarlet changes things, Jamie answers: the label says which of the two is speaking. */}
        <span className="message-author">{card === undefined ? message.authorName : 'Scarlet'}</span>
        <time dateTime={new Date(message.at).toISOString()} title={formatMoment(message.at)}>
          {formatTime(message.at, nowMs)}
        </time>
      </p>
      {card === undefined ? (
        <MessageBody body={message.body} onCommand={onCommand} />
      ) : (
        <PlanCardView card={card} nowMs={nowMs} vote={vote} onCommand={onCommand} />
      )}
    </li>
  );
});

function MessageBody({
  body,
  onCommand,
}: {
  readonly body: ShownMessage['message']['body'];
  readonly onCommand: (command: string) => void;
}): ReactNode {
  if (body.kind === 'text') return <p className="said">{body.text}</p>;
  return <ReplyView reply={body.reply} onCommand={onCommand} />;
}
