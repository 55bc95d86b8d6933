import type { ContainerSpecView, PodSpecView, WorkloadView } from '@jamie/core';
import {
  type AnyView,
  aContainerSpec,
  anEvent,
  aPodSpec,
  aServiceAccount,
  aSnapshot,
  aWorkload,
  podOf,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';
import type { Analyzer } from '../define-analyzer.ts';
import { observationsOf, subjectsOf } from '../observations.fixture.ts';
import { automountingAccount } from './automounting-account.ts';
import { defaultServiceAccount } from './default-service-account.ts';
import { hostNetwork } from './host-network.ts';
import { hostProcesses } from './host-processes.ts';
import { mayRunAsRoot } from './may-run-as-root.ts';
import { missingServiceAccount } from './missing-service-account.ts';
import { mountedToken } from './mounted-token.ts';
import { noSecurityContext } from './no-security-context.ts';
import { privilegedContainer } from './privileged-container.ts';

function deploymentOf(more: Partial<PodSpecView>, container: Partial<ContainerSpecView> = {}): WorkloadView {
  const spec = aPodSpec({ serviceAccount: 'app', containers: [aContainerSpec(container)], ...more });
  return aWorkload('Deployment', 'checkout', { template: { labels: {}, spec, claims: [] } });
}

/** As the builders' container, but without a word about security. */
function withoutSecurity(): ContainerSpecView {
  const { security: _, ...rest } = aContainerSpec();
  return rest;
}

function undecided(): PodSpecView {
  const { mountsToken: _, ...rest } = aPodSpec({ serviceAccount: 'app' });
  return rest;
}

function deploymentWith(spec: PodSpecView): WorkloadView {
  return aWorkload('Deployment', 'checkout', { template: { labels: {}, spec, claims: [] } });
}

const SILENT = { addedCapabilities: [] };

describe('security hygiene', () => {
  it.each<[Analyzer, readonly AnyView[]]>([
    [defaultServiceAccount, [deploymentOf({ serviceAccount: 'default' })]],
    [mountedToken, [deploymentOf({ mountsToken: true })]],
    [mountedToken, [deploymentWith(undecided()), aServiceAccount('app')]],
    [mayRunAsRoot, [deploymentOf({}, { security: SILENT })]],
    [mayRunAsRoot, [deploymentOf({}, { security: { ...SILENT, runAsUser: 0, runAsNonRoot: true } })]],
    [
      mayRunAsRoot,
      [
        deploymentOf(
          { security: { ...SILENT, runAsNonRoot: true } },
          { security: { ...SILENT, runAsNonRoot: false } },
        ),
      ],
    ],
    [privilegedContainer, [deploymentOf({}, { security: { ...SILENT, privileged: true } })]],
    [noSecurityContext, [deploymentOf({ containers: [withoutSecurity()] })]],
    [hostNetwork, [deploymentOf({ hostNetwork: true })]],
    [hostProcesses, [deploymentOf({ hostPid: true })]],
    [hostProcesses, [deploymentOf({ hostIpc: true })]],
  ])('$code fires', (analyzer, views) => {
    expect(subjectsOf(analyzer, ...views)).toEqual(['Deployment checkout']);
    expect(analyzer).toMatchObject({ lint: true, severity: 'info' });
  });

  it.each<[Analyzer, string, readonly AnyView[]]>([
    [defaultServiceAccount, 'an account of its own', [deploymentOf({})]],
    [
      mountedToken,
      'a template that mounts none',
      [deploymentOf({}), aServiceAccount('app', { mountsToken: true })],
    ],
    [
      mountedToken,
      'an account that mounts none',
      [deploymentWith(undecided()), aServiceAccount('app', { mountsToken: false })],
    ],
    [mountedToken, 'an account that is missing', [deploymentWith(undecided())]],
    [
      mayRunAsRoot,
      'a pod that says it',
      [deploymentOf({ security: { ...SILENT, runAsNonRoot: true } }, { security: SILENT })],
    ],
    [
      mayRunAsRoot,
      'a user other than root',
      [deploymentOf({}, { security: { ...SILENT, runAsUser: 1_000 } })],
    ],
    [
      privilegedContainer,
      'one that says it is not',
      [deploymentOf({}, { security: { ...SILENT, privileged: false } })],
    ],
    [
      noSecurityContext,
      'a pod that says it',
      [deploymentOf({ containers: [withoutSecurity()], security: SILENT })],
    ],
    [hostNetwork, 'a network of its own', [deploymentOf({})]],
    [hostProcesses, 'processes of its own', [deploymentOf({ hostNetwork: true })]],
    [automountingAccount, 'an account that says nothing', [aServiceAccount('app')]],
    [automountingAccount, 'an account that mounts none', [aServiceAccount('app', { mountsToken: false })]],
  ])('$code stays silent about %s', (analyzer, _what, views) => {
    expect(subjectsOf(analyzer, ...views)).toEqual([]);
  });

  it('names an account that puts its token into every pod', () => {
    expect(subjectsOf(automountingAccount, aServiceAccount('app', { mountsToken: true }))).toEqual([
      'ServiceAccount app',
    ]);
  });
});

describe('a ServiceAccount that does not exist', () => {
  it('is a warning while the pods run', () => {
    const workload = deploymentOf({});
    const [fault] = observationsOf(
      missingServiceAccount,
      workload,
      ...[0, 1, 2].map((index) => podOf(workload, index)),
    );
    expect(fault).toMatchObject({ severity: 'warning', summary: 'its ServiceAccount app does not exist' });
    expect(fault?.explanation).toContain('running pods go on');
  });

  it('is critical once pods are missing', () => {
    const workload = deploymentOf({});
    const event = anEvent(workload, 'FailedCreate', 'serviceaccount "app" not found');
    const [fault] = observationsOf(missingServiceAccount, workload, podOf(workload, 0), event);
    expect(fault?.severity).toBe('critical');
    expect(fault?.explanation).toContain('2 pods of 3 are missing');
  });

  it.each<[string, readonly AnyView[]]>([
    ['an account that is there', [deploymentOf({}), aServiceAccount('app')]],
    ['the default account', [deploymentOf({ serviceAccount: 'default' })]],
  ])('stays silent about %s', (_what, views) => {
    expect(subjectsOf(missingServiceAccount, ...views)).toEqual([]);
  });

  it('is not told where the account is that of another namespace', () => {
    expect(
      subjectsOf(missingServiceAccount, deploymentOf({}), { ...aServiceAccount('app'), namespace: 'web' }),
    ).toEqual(['Deployment checkout']);
  });
});

describe('diagnose', () => {
  it('tells the missing ServiceAccount as the cause and the refused pods as its consequence', () => {
    const workload = { ...deploymentOf({}), readyReplicas: 0 };
    const event = anEvent(
      workload,
      'FailedCreate',
      'error looking up service account shop/app: serviceaccount "app" not found',
    );
    const { causes } = diagnose(aSnapshot().with(workload, event).build(), { kind: 'cluster' });
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-SEC-805']);
    expect(causes[0]?.consequences.map(({ code }) => code)).toContain('CHK-ADM-405');
  });

  it('says nothing of hygiene unless it is asked for, and then after what is broken', () => {
    const views = [deploymentOf({ hostPid: true }, { image: 'nginx' })];
    const snapshot = aSnapshot().with(views, aServiceAccount('app')).build();
    expect(diagnose(snapshot, { kind: 'cluster' })).toMatchObject({ verdict: 'healthy', causes: [] });
    const { verdict, causes } = diagnose(snapshot, { kind: 'cluster' }, { lint: true });
    expect(verdict).toBe('healthy');
    expect(causes.map((cause) => cause.root.code).sort()).toEqual(
      expect.arrayContaining(['CHK-CON-701', 'CHK-SEC-809']),
    );
  });
});
