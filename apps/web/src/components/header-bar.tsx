import type { ClusterInfo } from '@jamie/core';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { summariseChecks } from '../data/connection-summary.ts';
import type { ConversationState } from '../data/conversation-state.ts';
import type { Connections } from '../data/use-connections.ts';
import { ChecksPanel } from './checks-panel.tsx';

interface HeaderBarProps {
  readonly connections: Connections;
  readonly connection: ConversationState['connection'];
  /** Whether the conversation of self-healing is shown. */
  readonly isSelfHealing: boolean;
  readonly onSelfHealing: () => void;
  readonly onNewConversation: () => void;
}

const LINE = { connecting: 'Connecting', live: 'Live', lost: 'Not live' } as const;

/** Where one is: the clusters, what is connected, and whether the page is live. */
export function HeaderBar({ connections, connection, ...actions }: HeaderBarProps): ReactNode {
  const { isSelfHealing, onSelfHealing, onNewConversation } = actions;
  const checks = useRef<HTMLDetailsElement>(null);
  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || checks.current === null || !checks.current.open) return;
    checks.current.open = false;
    checks.current.querySelector('summary')?.focus();
  }
  return (
    <header className="header">
      <div className="header-row">
        <h1>
          Command Center <span className="header-names">Jamie &amp; Scarlet</span>
        </h1>
        <ClusterList clusters={connections.clusters} />
        <span className={`line line-${connection}`} role="status">
          {LINE[connection]}
        </span>
        <button
          type="button"
          className="button button-quiet"
          aria-label="Self-Healing"
          aria-pressed={isSelfHealing}
          onClick={onSelfHealing}
        >
          <span className="wide-only">Self-</span>Healing
        </button>
        <button
          type="button"
          className="button button-quiet"
          aria-label="New Conversation"
          onClick={onNewConversation}
        >
          New <span className="wide-only">Conversation</span>
        </button>
      </div>
      <details className="checks" ref={checks} onKeyDown={closeOnEscape}>
        <summary>{summariseChecks(connections.checks)}</summary>
        <ChecksPanel checks={connections.checks ?? []} />
      </details>
    </header>
  );
}

function ClusterList({ clusters }: { readonly clusters: readonly ClusterInfo[] }): ReactNode {
  if (clusters.length === 0) return null;
  return (
    <ul className="clusters" aria-label="Clusters">
      {clusters.map((cluster) => (
        <li key={cluster.name} className={`cluster cluster-${cluster.environment}`}>
          {cluster.name}
          {cluster.environment !== cluster.name && (
            <span className="cluster-environment"> {cluster.environment}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
