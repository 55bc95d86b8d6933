import { type OperationRequest, REMEDIATIONS, type Remediation, type Step } from '@jamie/core';
import { type Autonomy, BUILT_IN_POLICY } from '@jamie/policy';
import { aPlan } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { anAutonomy } from './remedies.fixture.ts';
import { remedyStanding } from './remedy-standing.ts';

const SHOP = { kind: 'Deployment', namespace: 'shop', name: 'cart' } as const;
const POD = { kind: 'Pod', namespace: 'shop', name: 'cart-1' } as const;
const NODE = { kind: 'Node', name: 'node-1' } as const;

const OWN: Readonly<Record<Remediation, OperationRequest>> = {
  'roll-back': { kind: 'rollback', target: SHOP },
  'raise-memory': { kind: 'resize', target: SHOP, limits: { memory: '512Mi' } },
  'delete-failed-pods': {
    kind: 'several',
    operations: [
      { kind: 'delete_pod', target: POD },
      { kind: 'delete_pod', target: POD },
    ],
  },
  'rerun-job': { kind: 'rerun_job', target: { kind: 'Job', namespace: 'shop', name: 'report' } },
  'cordon-node': { kind: 'cordon', target: NODE },
};

function stepIn(namespace: string | undefined): Step {
  const [step] = aPlan().steps;
  if (step === undefined) throw new Error('the builder makes one step');
  const ref = { kind: 'Deployment', ...(namespace !== undefined && { namespace }), name: 'cart' } as const;
  return { ...step, target: { ...step.target, ref } };
}

interface Given {
  readonly remediation?: Remediation;
  readonly operation?: OperationRequest;
  readonly places?: readonly (string | undefined)[];
  readonly autonomy?: Partial<Record<string, Autonomy>>;
}

/** `nodes` stands for what is in no namespace. */
function standing({ remediation = 'raise-memory', operation, places = ['shop'], autonomy }: Given) {
  const said = autonomy ?? { shop: anAutonomy({ remediations: REMEDIATIONS }) };
  return remedyStanding(
    {
      operation: operation ?? OWN[remediation],
      steps: places.map(stepIn),
      healing: { remediation },
    },
    { autonomyOf: (namespace) => said[namespace ?? 'nodes'] ?? BUILT_IN_POLICY.autonomyOf(namespace) },
  );
}

describe('remedyStanding', () => {
  it.each(REMEDIATIONS.filter((each) => each !== 'cordon-node'))(
    'lets %s happen where the policy names it',
    (remediation) => {
      expect(standing({ remediation })).toEqual({
        kind: 'allowed',
        level: 'act',
        rules: ['autonomy in shop'],
      });
      const others = REMEDIATIONS.filter((each) => each !== remediation);
      expect(
        standing({ remediation, autonomy: { shop: anAutonomy({ remediations: others }) } }),
      ).toMatchObject({
        kind: 'refused',
        reason: 'not_allowed',
        message: expect.stringContaining(`no ${remediation} happen by itself in shop`),
      });
    },
  );

  it('lets nothing happen where the policy says nothing, whatever it says elsewhere', () => {
    const autonomy = { shop: anAutonomy({ remediations: REMEDIATIONS }) };
    expect(standing({ places: ['payments'], autonomy }).kind).toBe('refused');
    expect(standing({ places: ['shop', 'payments'], autonomy }).kind).toBe('refused');
    expect(standing({ autonomy: { shop: { ...anAutonomy(), level: 'off' } } }).kind).toBe('refused');
  });

  it('asks the entry about nodes for what is in no namespace', () => {
    const remediation = 'cordon-node';
    const nodes = anAutonomy({ remediations: ['cordon-node'] });
    expect(standing({ remediation, places: [undefined], autonomy: { nodes } })).toEqual({
      kind: 'allowed',
      level: 'act',
      rules: ['autonomy on nodes'],
    });
    expect(standing({ remediation, places: [undefined] })).toMatchObject({ reason: 'not_allowed' });
  });

  it('suggests as soon as one of its places lets it be suggested only', () => {
    const autonomy = { shop: anAutonomy(), blog: anAutonomy({ level: 'suggest' }) };
    for (const places of [
      ['shop', 'blog'],
      ['blog', 'shop'],
    ])
      expect(standing({ places, autonomy })).toMatchObject({ kind: 'allowed', level: 'suggest' });
  });

  it.each(REMEDIATIONS)('takes no other operation for %s', (remediation) => {
    // The pod of a Job that is stuck goes, too.
    const isAlike = (other: Remediation) => remediation === 'rerun-job' && other === 'delete-failed-pods';
    for (const other of REMEDIATIONS.filter((each) => each !== remediation && !isAlike(each))) {
      expect(standing({ remediation, operation: OWN[other] })).toMatchObject({ reason: 'other_operation' });
    }
  });

  it('lets the pod of a Job that is stuck go', () => {
    const operation = { kind: 'delete_pod', target: POD } as const;
    expect(standing({ remediation: 'rerun-job', operation }).kind).toBe('allowed');
  });

  it('takes no undo and no mixture for a remedy', () => {
    expect(standing({ operation: { kind: 'undo', planId: aPlan().id } })).toMatchObject({
      reason: 'other_operation',
    });
    const mixed: OperationRequest = {
      kind: 'several',
      operations: [
        { kind: 'rollback', target: SHOP },
        { kind: 'scale', target: SHOP, replicas: 0 },
      ],
    };
    expect(standing({ remediation: 'roll-back', operation: mixed })).toMatchObject({
      reason: 'other_operation',
    });
  });

  it.each([
    ['as much as the ceiling', { limits: { memory: '1Gi' } }, 'allowed'],
    ['more than the ceiling', { limits: { memory: '1025Mi' } }, 'refused'],
    ['more than the ceiling as a request', { requests: { memory: '2Gi' } }, 'refused'],
    ['processors', { limits: { cpu: '2', memory: '512Mi' } }, 'refused'],
    ['an amount in decimal gigabytes', { limits: { memory: '1G' } }, 'allowed'],
  ] as const)('gives a container %s: %s', (_what, amounts, kind) => {
    expect(standing({ operation: { kind: 'resize', target: SHOP, ...amounts } }).kind).toBe(kind);
  });
});
