import type { Cause, Diagnosis, WebhookConfigurationView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aCrashingContainer,
  aDeployed,
  anEndpointSlice,
  anEvent,
  aService,
  aSnapshot,
  aWebhookConfiguration,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

const DAY_MS = 86_400_000;
const VALIDATING = 'ValidatingWebhookConfiguration';

function diagnoseViews(...views: readonly AnyView[]): Diagnosis {
  return diagnose(aSnapshot().with(views).build(), { kind: 'cluster' });
}

function codes(...views: readonly AnyView[]): readonly string[] {
  return diagnoseViews(...views).causes.map((cause) => cause.root.code);
}

function consequencesOf(cause: Cause | undefined): readonly string[] {
  return (cause?.consequences ?? []).map(({ code, subject }) => `${code} ${subject.kind} ${subject.name}`);
}

type Webhook = WebhookConfigurationView['webhooks'][number];

function policy(more: Partial<Webhook> = {}, kind: WebhookConfigurationView['kind'] = VALIDATING) {
  return aWebhookConfiguration(kind, 'policy', more);
}

const service = aService('webhook', { namespace: 'system', selector: { app: 'webhook' } });

/** The pods of the webhook in namespace `system`. */
function program(more: Parameters<typeof aDeployed>[1][number]['pods'][number] = {}) {
  return aDeployed('webhook', [{ revision: 1, pods: [more] }], { namespace: 'system' });
}

/** A Deployment that lacks a pod because the API server could not call the webhook, or the webhook said no. */
function refusedBy(message: string, name = 'checkout', namespace = 'shop') {
  const deployed = aDeployed(name, [{ revision: 1, pods: [] }], { namespace, replicas: 1, readyReplicas: 0 });
  const [maker] = deployed.replicaSets;
  if (maker === undefined) throw new RangeError('a revision has a ReplicaSet');
  return [
    ...deployed.views,
    anEvent(maker, 'FailedCreate', `Error creating: Internal error occurred: ${message}`),
  ];
}

const CANNOT_CALL =
  'failed calling webhook "policy.example": failed to call webhook: Post "https://webhook.system.svc:443/": dial tcp 10.96.0.10:443: connect: connection refused';

describe('a webhook whose Service does not exist', () => {
  it.each([VALIDATING, 'MutatingWebhookConfiguration'] as const)('is a fault of its %s', (kind) => {
    const { causes } = diagnoseViews(policy({}, kind));
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-ADM-406']);
    expect(causes[0]?.root.severity).toBe('critical');
    expect(causes[0]?.explanation).toContain('its Service system/webhook does not exist');
    expect(causes[0]?.explanation).toContain('every request to create pods is refused');
  });

  it('is only a warning where requests pass without it', () => {
    const [cause] = diagnoseViews(policy({ failurePolicy: 'Ignore' })).causes;
    expect(cause?.root.severity).toBe('warning');
    expect(cause?.explanation).toContain('requests to create pods pass unchecked');
  });

  it('is one cause for every configuration that needs the Service', () => {
    const { causes } = diagnoseViews(policy(), policy({}, 'MutatingWebhookConfiguration'));
    expect(causes).toHaveLength(1);
  });

  it('is the cause of every refusal, in the namespace of the refused pods too', () => {
    const views = [policy(), ...refusedBy(CANNOT_CALL), ...refusedBy(CANNOT_CALL, 'cart')];
    const snapshot = aSnapshot().with(views).build();
    for (const scope of [{ kind: 'cluster' }, { kind: 'namespace', namespace: 'shop' }] as const) {
      const { causes } = diagnose(snapshot, scope);
      expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-ADM-406']);
      expect(consequencesOf(causes[0])).toEqual(
        expect.arrayContaining(['CHK-ADM-404 Deployment cart', 'CHK-ADM-404 Deployment checkout']),
      );
      expect(causes[0]?.explanation).toContain('pods of Deployment cart and Deployment checkout are refused');
    }
  });

  it('is not the cause of what another webhook refuses', () => {
    const denied = refusedBy('admission webhook "policy.example" denied the request: no team label');
    expect([...codes(policy(), ...denied)].sort()).toEqual(['CHK-ADM-404', 'CHK-ADM-406']);
  });

  it.each<[string, readonly AnyView[]]>([
    [
      'a webhook that is called by URL',
      [aWebhookConfiguration(VALIDATING, 'policy', { service: undefined as never })],
    ],
    ['a Service with ready pods', [policy(), service, ...program().views]],
    ['endpoints that somebody else keeps', [policy(), { ...service, selector: {} }]],
    [
      'ready endpoints without pods',
      [policy(), service, anEndpointSlice('webhook', 1, 0, { namespace: 'system' })],
    ],
    ['a configuration on its way out', [{ ...policy(), deletingSince: SNAPSHOT_TIME }]],
  ])('is not seen in %s', (_what, views) => {
    expect(codes(...views).filter((code) => code.startsWith('CHK-ADM'))).toEqual([]);
  });

  it('is not told when Services were not read', () => {
    const { causes, verdict } = diagnose(aSnapshot().with(policy()).unread('Service').build(), {
      kind: 'cluster',
    });
    expect(causes).toEqual([]);
    expect(verdict).toBe('cannot_tell');
  });

  it('leaves the answer about one namespace alone when the configurations were not read', () => {
    const snapshot = aSnapshot()
      .with(aDeployed('checkout', [{ revision: 1, pods: [{}] }]).views)
      .unread(VALIDATING)
      .build();
    expect(diagnose(snapshot, { kind: 'namespace', namespace: 'shop' }).verdict).toBe('healthy');
    expect(diagnose(snapshot, { kind: 'cluster' }).verdict).toBe('cannot_tell');
  });
});

describe('a webhook behind which no pod is ready', () => {
  const crash = { containers: [aCrashingContainer(1)] };

  it('stands below the crash that keeps it down, with the refusals beside it', () => {
    const views = [policy(), service, ...program(crash).views, ...refusedBy(CANNOT_CALL)];
    const { causes } = diagnoseViews(...views);
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-POD-101']);
    expect(consequencesOf(causes[0])).toEqual(
      expect.arrayContaining([
        'CHK-ADM-407 ValidatingWebhookConfiguration policy',
        'CHK-ADM-404 Deployment checkout',
      ]),
    );
  });

  it('is a cause of its own when its Service selects nothing that runs', () => {
    const asleep = aDeployed('webhook', [{ revision: 1, pods: [] }], { namespace: 'system', replicas: 0 });
    expect(codes(policy(), service, ...asleep.views)).toContain('CHK-ADM-407');
  });

  it('is the head of the circle when it refuses its own pods', () => {
    const { causes } = diagnoseViews(policy(), service, ...refusedBy(CANNOT_CALL, 'webhook', 'system'));
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-ADM-407']);
    expect(consequencesOf(causes[0])).toContain('CHK-ADM-404 Deployment webhook');
  });

  it('is not seen while its pod has just been started', () => {
    const young = {
      ...crash,
      createdAt: SNAPSHOT_TIME - 5_000,
      conditions: [aCondition('Ready', 'False', { since: SNAPSHOT_TIME - 5_000 })],
    };
    expect(codes(policy(), service, ...program(young).views)).not.toContain('CHK-ADM-407');
  });
});

describe('a webhook that runs and is not reached', () => {
  const running = [service, ...program().views];

  it('is the one cause of every refusal', () => {
    const views = [policy(), ...running, ...refusedBy(CANNOT_CALL), ...refusedBy(CANNOT_CALL, 'cart')];
    const { causes } = diagnoseViews(...views);
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-ADM-410']);
    expect(causes[0]?.explanation).toContain('Deployment cart and Deployment checkout are refused');
  });

  it('is the cause of nothing that a policy denies', () => {
    const denied = refusedBy('admission webhook "policy.example" denied the request: no team label');
    expect(codes(policy(), ...running, ...denied)).toEqual(['CHK-ADM-404']);
  });

  it('is explained by its certificate where that is what the API server does not trust', () => {
    const expired = policy({ certificateExpiresAt: SNAPSHOT_TIME - DAY_MS });
    const words =
      'failed calling webhook "policy.example": x509: certificate has expired or is not yet valid';
    const { causes } = diagnoseViews(expired, ...running, ...refusedBy(words));
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-ADM-408']);
    expect(causes[0]?.root.severity).toBe('critical');
    expect(consequencesOf(causes[0])).toContain('CHK-ADM-404 Deployment checkout');
  });
});

describe('the certificate of a webhook', () => {
  const expiring = (inMs: number) => policy({ certificateExpiresAt: SNAPSHOT_TIME + inMs });
  const running = [service, ...program().views];

  it.each<[string, number, readonly string[]]>([
    ['has expired', -DAY_MS, ['CHK-ADM-408']],
    ['expires now', 0, ['CHK-ADM-408']],
    ['expires in 13 days', 13 * DAY_MS, ['CHK-ADM-409']],
    ['expires in 15 days', 15 * DAY_MS, []],
  ])('%s', (_when, inMs, expected) => {
    const { causes } = diagnoseViews(expiring(inMs), ...running);
    expect(causes.map((cause) => cause.root.code)).toEqual(expected);
    expect(causes.every((cause) => cause.root.severity === 'warning')).toBe(true);
  });

  it('is blamed for no refusal while it holds', () => {
    const views = [expiring(DAY_MS), ...running, ...refusedBy(CANNOT_CALL)];
    expect([...codes(...views)].sort()).toEqual(['CHK-ADM-409', 'CHK-ADM-410']);
  });
});

describe('a webhook that everything depends on', () => {
  const lint = (more: Partial<Webhook>) => {
    const views = [policy(more), service, ...program().views];
    const { causes } = diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }, { lint: true });
    return causes.map((cause) => cause.root.code).filter((code) => code.startsWith('CHK-ADM-'));
  };

  it.each(['create *', '* */*'])('is one that is called to "%s"', (call) => {
    expect(lint({ calledFor: [call] })).toEqual(['CHK-ADM-411']);
  });

  it.each<[string, Partial<Webhook>]>([
    ['one that requests pass without', { calledFor: ['* *'], failurePolicy: 'Ignore' }],
    ['one for every operation on one kind', { calledFor: ['* pods'] }],
    ['one for every subresource of pods', { calledFor: ['create pods/*'] }],
  ])('is not %s', (_what, more) => {
    expect(lint(more)).toEqual([]);
  });
});
