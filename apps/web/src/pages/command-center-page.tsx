import { SELF_HEALING_KEY } from '@jamie/core';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { Composer } from '../components/composer.tsx';
import { HeaderBar } from '../components/header-bar.tsx';
import { HealingCases } from '../components/healing-cases.tsx';
import { ManifestForm } from '../components/manifest-form.tsx';
import { MessageList } from '../components/message-list.tsx';
import { NothingHealed } from '../components/nothing-healed.tsx';
import { Welcome } from '../components/welcome.tsx';
import type { ApiClient, PageBallot } from '../data/api-client.ts';
import type { FeedSurroundings } from '../data/conversation-feed.ts';
import type { ConversationKeys } from '../data/conversation-key.ts';
import { suggest } from '../data/suggest.ts';
import { useConnections } from '../data/use-connections.ts';
import { useConversation } from '../data/use-conversation.ts';
import { useHealing } from '../data/use-healing.ts';
import { useStatus } from '../data/use-status.ts';
import { parseUtterance } from '../data/utterance.ts';
import { SignedOutPage } from './signed-out-page.tsx';

/** What the page needs from its browser. */
export interface PageSurroundings extends FeedSurroundings {
  readonly api: ApiClient;
  readonly keys: ConversationKeys;
}

/** What is shown depends on the day alone; a coarse clock spares painting every message again. */
const MINUTE_MS = 60_000;

/** The Command Center: where one is, the conversation with its plan cards, and a place to type. */
export function CommandCenterPage({ surroundings }: { readonly surroundings: PageSurroundings }): ReactNode {
  const { api, keys, now } = surroundings;
  const [key, setKey] = useState(() => keys.current());
  const [draft, setDraft] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const { conversation, feed } = useConversation(key, surroundings);
  const connections = useConnections(api, conversation.connection);
  const occasion = `${conversation.connection} ${conversation.shown.length}`;
  const status = useStatus(api, occasion);
  const isSelfHealing = key === SELF_HEALING_KEY;
  const cases = useHealing(api, isSelfHealing, occasion);

  const command = useCallback((text: string) => void feed.submit({ form: 'command', text }), [feed]);
  const vote = useCallback(
    async (planId: Parameters<ApiClient['vote']>[0], ballot: PageBallot) => {
      const result = await api.vote(planId, ballot);
      await feed.catchUp();
      return result;
    },
    [api, feed],
  );
  function send(): void {
    const utterance = parseUtterance(draft);
    if (utterance === undefined) return;
    setDraft('');
    void feed.submit(utterance);
  }
  function startAfresh(): void {
    setKey(keys.renew());
    field.current?.focus();
  }
  function toggleSelfHealing(): void {
    setKey(isSelfHealing ? keys.current() : SELF_HEALING_KEY);
  }
  function pick(text: string): void {
    setDraft(text);
    field.current?.focus();
  }

  if (conversation.signedOut) return <SignedOutPage />;
  const empty = conversation.shown.length === 0 && conversation.pending.length === 0;
  return (
    <>
      <HeaderBar
        connections={connections}
        connection={conversation.connection}
        isSelfHealing={isSelfHealing}
        onSelfHealing={toggleSelfHealing}
        onNewConversation={startAfresh}
      />
      <main className="conversation">
        {empty && conversation.loaded && !isSelfHealing && (
          <Welcome suggestions={suggest(status.examples)} onPick={pick} />
        )}
        <HealingCases cases={cases} onCommand={command} />
        {empty && conversation.loaded && isSelfHealing && <NothingHealed />}
        <MessageList
          key={key}
          conversation={conversation}
          nowMs={Math.floor(now() / MINUTE_MS) * MINUTE_MS}
          vote={vote}
          onCommand={command}
          onRetry={(submission) => void feed.retry(submission)}
        />
      </main>
      <footer className="footer">
        {status.freezeReason !== undefined && (
          <p className="frozen" role="status">
            <strong>Changes are frozen:</strong> {status.freezeReason}
          </p>
        )}
        {conversation.connection === 'lost' && (
          <p className="lost" role="alert">
            The connection was cut off. Trying again; what you see may be out of date.
          </p>
        )}
        <ManifestForm onApply={(utterance) => void feed.submit(utterance)} />
        <Composer draft={draft} field={field} onDraft={setDraft} onSend={send} />
      </footer>
    </>
  );
}
