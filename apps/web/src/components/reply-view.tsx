import type { Reply } from '@jamie/core';
import { type ReactNode, useRef } from 'react';
import { byPlace } from '../data/by-place.ts';
import { ChoiceForm } from './choice-form.tsx';
import { CitedText } from './cited-text.tsx';
import { FollowUpList } from './follow-up-list.tsx';
import { ProposalList } from './proposal-list.tsx';
import { ReplyFiles } from './reply-files.tsx';
import { ReplySectionView } from './reply-section.tsx';

const TONE_WORD = { answer: undefined, refusal: 'Not done', error: 'Error' } as const;

/** An answer, a refusal or an error: the point first, then what shows it, then what could be done. */
export function ReplyView({
  reply,
  onCommand,
}: {
  readonly reply: Reply;
  readonly onCommand: (command: string) => void;
}): ReactNode {
  const placed = useRef(new Map<number, HTMLDetailsElement>());
  const evidenceIds = reply.sections.flatMap((section) =>
    section.kind === 'evidence' ? section.evidence.map((one) => one.id) : [],
  );
  function showEvidence(number: number): void {
    const element = placed.current.get(number);
    if (element === undefined) return;
    element.open = true;
    element.querySelector('summary')?.focus();
  }
  function place(number: number, element: HTMLDetailsElement | null): void {
    if (element === null) placed.current.delete(number);
    else placed.current.set(number, element);
  }
  const toneWord = TONE_WORD[reply.tone];
  return (
    <div className={`reply reply-${reply.tone}`}>
      <h3 className="reply-headline">
        {toneWord !== undefined && <span className="tone-word">{toneWord}</span>}
        <CitedText text={reply.headline} evidenceIds={evidenceIds} onCite={showEvidence} />
      </h3>
      {byPlace(reply.sections).map(([key, section]) => (
        <ReplySectionView
          key={key}
          section={section}
          evidenceIds={evidenceIds}
          onCite={showEvidence}
          onPlaced={place}
        />
      ))}
      <ReplyFiles files={reply.files ?? []} />
      <ProposalList proposals={reply.proposals} onCommand={onCommand} />
      {reply.choice !== undefined && <ChoiceForm choice={reply.choice} onCommand={onCommand} />}
      <FollowUpList followUps={reply.followUps ?? []} onCommand={onCommand} />
      {reply.referenceId !== undefined && (
        <p className="reference">
          Reference for the people who run this: <code>{reply.referenceId}</code>
        </p>
      )}
    </div>
  );
}
