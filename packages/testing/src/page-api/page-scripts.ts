import type { EvidenceId, PlanCard, PlanId, PlanStatus, Reply } from '@jamie/core';

const NO_REPLY_PARTS = { tone: 'answer', sections: [], proposals: [] } as const;
const BROKEN_IMAGE = '<img src=x onerror="document.title=\'owned\'">';

/** A diagnosis as the analyzers write it, with cluster text that tries to become markup. */
export function crashReply(nowMs: number): Reply {
  const ref = { kind: 'Pod', namespace: 'shop', name: 'checkout-6d9f7c5b8-x2kqp' } as const;
  const evidence = (
    id: string,
    rest: { source: 'object' | 'event' | 'log'; where: string; text: string },
  ) => ({
    id: id as EvidenceId,
    ref,
    observedAt: nowMs,
    ...rest,
  });
  return {
    tone: 'answer',
    headline: 'checkout in shop crashes because PAYMENTS_URL is missing since revision 4 [ev_1]',
    sections: [
      {
        kind: 'text',
        title: 'Why',
        lines: [
          'Container app exits with code 1 within two seconds of its start, 7 restarts in 12 minutes [ev_2].',
          'Its log says that a required setting is not there [ev_1]. High confidence.',
        ],
      },
      {
        kind: 'list',
        title: 'What changed',
        items: ['12 minutes ago: rollout to revision 4 removed env PAYMENTS_URL [ev_3]'],
      },
      {
        kind: 'table',
        title: 'Pods',
        columns: ['Pod', 'Ready', 'Restarts', 'Reason', 'Node'],
        rows: [
          ['checkout-6d9f7c5b8-x2kqp', '0/1', '7', 'CrashLoopBackOff', 'worker-2'],
          ['checkout-6d9f7c5b8-9vw4d', '0/1', '7', 'CrashLoopBackOff', 'worker-1'],
          ['checkout-5b7c9d6f4-lm2xs', '1/1', '0', '', 'worker-3'],
        ],
      },
      {
        kind: 'evidence',
        title: 'Evidence',
        evidence: [
          evidence('ev_1', {
            source: 'log',
            where: 'container app',
            text: `fatal: PAYMENTS_URL is not set\n${BROKEN_IMAGE}\nexit status 1`,
          }),
          evidence('ev_2', {
            source: 'object',
            where: 'status.containerStatuses[app].lastState',
            text: 'terminated: exitCode 1, reason Error, ran 1.8 s',
          }),
          evidence('ev_3', {
            source: 'event',
            where: 'ScalingReplicaSet',
            text: 'Scaled up replica set checkout-6d9f7c5b8 to 2',
          }),
        ],
      },
    ],
    proposals: [
      {
        label: 'Roll Back to 3',
        advice: 'Revision 3 had PAYMENTS_URL and ran for six days.',
        operation: {
          kind: 'rollback',
          target: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
          toRevision: 3,
        },
      },
      { label: 'Set the variable', advice: 'Or add PAYMENTS_URL to the Deployment and roll out again.' },
    ],
  };
}

/** The refusal of anything that the double has no script for. */
export function unknownReply(text: string): Reply {
  return {
    ...NO_REPLY_PARTS,
    tone: 'refusal',
    headline: `I cannot tell what “${text}” asks for.`,
    sections: [{ kind: 'text', lines: ['Try health, or why is checkout crashing?'] }],
  };
}

/** The reply under a card: every surface that shows cards replaces it by the card. */
export function cardReply(card: PlanCard): Reply {
  return { ...NO_REPLY_PARTS, headline: card.headline, planId: card.planId };
}

const STATUS_LINES: Partial<Record<PlanStatus, string>> = {
  awaiting_approval: 'One approval is needed; you may give it yourself here.',
  approved: 'Approved by You. It starts as soon as a worker is free.',
  executing: 'Applying the change to demo.',
  verifying: '4 of 5 pods are ready; all must stay ready for 30 s.',
  succeeded: 'Done. 5 of 5 pods have been ready for 30 s, and nothing restarted.',
  denied: 'Denied by You. Nothing was changed.',
};

/** The card of a scale plan from one replica count to another, as it stands in `status`. */
export function scaleCard(
  planId: PlanId,
  change: { from: number; to: number },
  status: PlanStatus,
): PlanCard {
  const { from, to } = change;
  const waiting = status === 'awaiting_approval';
  return {
    planId,
    planHash: `hash-of-${planId}`,
    headline: `Scale Deployment checkout ${from} → ${to} in shop on demo`,
    status,
    tier: 'low',
    statusLine: STATUS_LINES[status] ?? 'It has ended.',
    facts: [
      { label: 'Runs as', value: 'local (may patch deployments/scale)' },
      { label: 'Risk', value: 'low: at most doubles the replicas' },
      { label: 'Affects', value: '5 of 23 ready pods in shop, Service checkout' },
      { label: 'Rollback', value: `scale back to ${from}` },
      { label: 'Expires', value: '2026-08-02T14:18:00.000Z' },
      { label: 'Watched', value: '2 minutes after it is done' },
    ],
    diff: [
      '--- before',
      '+++ after',
      '@@ -4,7 +4,7 @@',
      '   name: checkout',
      '   namespace: shop',
      ' spec:',
      `-  replicas: ${from}`,
      `+  replicas: ${to}`,
      '   selector:',
      '     matchLabels:',
      '       app: checkout',
    ].join('\n'),
    warnings: to > from ? ['HorizontalPodAutoscaler checkout may change the replicas again.'] : [],
    votes: waiting ? [] : [status === 'denied' ? 'You denied at 14:03' : 'You approved at 14:03'],
    actions: waiting ? ['approve', 'deny'] : status === 'succeeded' ? ['undo'] : [],
  };
}

/** Two cases as the list of self-healing has them, as wide as they come. */
export function healingReply(): Reply {
  const next = '2026-11-22 14:05';
  return {
    ...NO_REPLY_PARTS,
    headline: '2 cases of self-healing are open, and one needs you.',
    sections: [
      {
        kind: 'table',
        columns: ['Case', 'What', 'Fault', 'State', 'Attempts', 'Next try (UTC)', 'Last plan', 'Why'],
        rows: [
          [
            'h-4k7d2m9q',
            'Raise the memory of Deployment shop/checkout on prod',
            'container app was killed for want of memory (limit 128Mi)',
            'needs you',
            '3 of 3',
            'none',
            'p-4k7d2m9q',
            '3 attempts within a day did not end it, and the policy of the team allows no more.',
          ],
          [
            'h-9vw4dx2k',
            'Roll back Deployment shop/storefront on prod',
            'image registry.example/shop/web:2.0.1 of container web does not exist',
            'waiting',
            '0 of 3',
            next,
            'none',
            'Deployment shop/storefront was rolled out a moment ago; whoever did it has 5 min to mend it.',
          ],
        ],
      },
    ],
    followUps: [
      { label: 'Show h-4k7d2m9q', command: 'healing h-4k7d2m9q' },
      { label: 'Show p-4k7d2m9q', command: 'plan p-4k7d2m9q' },
      { label: 'Show h-9vw4dx2k', command: 'healing h-9vw4dx2k' },
    ],
  };
}
