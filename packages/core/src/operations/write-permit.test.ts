import { describe, expect, it } from '@jest/globals';
import { planIdOf } from '../ids.ts';
import type { WriteRequest } from '../kubernetes/write-request.ts';
import { createPermitOffice } from './write-permit.ts';

const request: WriteRequest = {
  verb: 'patch',
  target: { kind: 'Deployment', namespace: 'payments', name: 'checkout' },
  subresource: 'scale',
  patch: [{ op: 'replace', path: '/spec/replicas', value: 4 }],
};
const grant = {
  planId: planIdOf('a'.repeat(64)),
  cluster: 'demo',
  identity: { user: 'bob', groups: ['operators'] },
};

describe('createPermitOffice', () => {
  it('lets a permit cover exactly the requests that it was minted for', () => {
    const office = createPermitOffice();
    const permit = office.mint(grant, [request]);
    expect(office.covers(permit, 'demo', request)).toBe(true);
    expect(office.covers(permit, 'demo', structuredClone(request))).toBe(true);
    const more = { ...request, patch: [{ op: 'replace', path: '/spec/replicas', value: 5 }] } as const;
    expect(office.covers(permit, 'demo', more)).toBe(false);
    expect(office.covers(permit, 'demo', { ...request, target: { ...request.target, name: 'ledger' } })).toBe(
      false,
    );
    const { subresource: _, ...withoutSubresource } = request;
    expect(office.covers(permit, 'demo', withoutSubresource)).toBe(false);
  });

  it('holds on the cluster of the grant only', () => {
    const office = createPermitOffice();
    expect(office.covers(office.mint(grant, [request]), 'production', request)).toBe(false);
  });

  it('does not recognise a copy, nor the permit of another office', () => {
    const office = createPermitOffice();
    const permit = office.mint(grant, [request]);
    expect(office.covers({ ...permit }, 'demo', request)).toBe(false);
    expect(office.covers(grant, 'demo', request)).toBe(false);
    expect(createPermitOffice().covers(permit, 'demo', request)).toBe(false);
  });

  it('fixes what a permit says, and what it covers, when it is minted', () => {
    const office = createPermitOffice();
    const requests = [request];
    const permit = office.mint(grant, requests);
    expect(Object.isFrozen(permit)).toBe(true);
    const later = { ...request, target: { ...request.target, name: 'ledger' } };
    requests.push(later);
    expect(office.covers(permit, 'demo', later)).toBe(false);
  });

  it('covers nothing with a permit for nothing', () => {
    const office = createPermitOffice();
    expect(office.covers(office.mint(grant, []), 'demo', request)).toBe(false);
  });
});
