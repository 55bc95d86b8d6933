import type { ChatAnswer, ChatModel, ChatRequest, Evidence, EvidenceId } from '@jamie/core';
import type { Grounds } from './grounds.ts';

export const OBSERVED_AT = Date.UTC(2026, 0, 15, 12);

export function anEvidence(id: string, text: string, source: Evidence['source'] = 'object'): Evidence {
  return {
    id: id as EvidenceId,
    source,
    ref: { kind: 'Pod', namespace: 'payments', name: 'checkout-7d9f8' },
    where: source === 'log' ? 'container app' : 'status.containerStatuses[app]',
    observedAt: OBSERVED_AT,
    text,
  };
}

/** A crashing container, its log, and a note by an attacker in that log. */
export function crashGrounds(logText = 'dial tcp 10.0.0.5:5432: connect: connection refused'): Grounds {
  return {
    isHealthy: false,
    facts: [
      {
        text: 'Pod payments/checkout-7d9f8: container app exits with code 1 soon after it starts',
        evidenceIds: ['E1', 'E2'],
      },
      { text: 'Deployment payments/checkout: 0 of 3 replicas are ready', evidenceIds: ['E3'] },
    ],
    evidence: [
      anEvidence('E1', 'CrashLoopBackOff, restartCount 7, last exit code 1, memory limit 512Mi'),
      anEvidence('E2', logText, 'log'),
      anEvidence('E3', 'readyReplicas 0, replicas 3; unavailable for 10 minutes'),
    ],
  };
}

/** A model that answers from what it is shown, and keeps what it was asked. */
export class ScriptedModel implements ChatModel {
  readonly name = 'scripted';
  readonly asked: ChatRequest[] = [];
  readonly #say: (prompt: string) => string | Error | Partial<ChatAnswer>;

  constructor(say: (prompt: string) => string | Error | Partial<ChatAnswer>) {
    this.#say = say;
  }

  async chat(request: ChatRequest): Promise<ChatAnswer> {
    this.asked.push(request);
    const said = this.#say(request.messages.map(({ content }) => content).join('\n\n'));
    if (said instanceof Error) throw said;
    const answer = { text: '', isWhole: true, inputTokens: 1, outputTokens: 1 };
    return typeof said === 'string' ? { ...answer, text: said } : { ...answer, ...said };
  }
}
