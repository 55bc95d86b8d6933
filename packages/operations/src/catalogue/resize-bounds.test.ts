import { aNode, aSnapshot } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { whyNothingRuns } from './resize-bounds.ts';

const SMALL = { cpu: '4', memory: '8Gi' };
const NODES = aSnapshot()
  .with(aNode('a', { allocatable: SMALL }), aNode('b', { allocatable: { cpu: '3920m', memory: '16Gi' } }))
  .build();

describe('whyNothingRuns', () => {
  it.each([
    [{ cpu: '900' }, {}, 'No node has 900 of CPU, so no pod could start. Did you mean 900m?'],
    [{ memory: '17Gi' }, {}, 'No node has 17Gi of memory'],
    [{ memory: '100' }, {}, 'Did you mean 100Mi?'],
    [{}, { memory: '512k' }, '512k of memory is less than 1Mi'],
  ])('refuses requests %j with limits %j', (requests, limits, message) => {
    expect(whyNothingRuns(requests, limits, NODES)).toContain(message);
  });

  it.each([
    [{ cpu: '4', memory: '16Gi' }, {}],
    [{ cpu: '250m' }, { cpu: '900' }],
    [{}, {}],
  ])('lets requests %j with limits %j through', (requests, limits) => {
    expect(whyNothingRuns(requests, limits, NODES)).toBeUndefined();
  });

  it('decides nothing by nodes that it does not know', () => {
    expect(whyNothingRuns({ cpu: '900' }, {}, aSnapshot().build())).toBeUndefined();
    const odd = aSnapshot()
      .with(aNode('a', { allocatable: {} }))
      .build();
    expect(whyNothingRuns({ cpu: '900' }, {}, odd)).toBeUndefined();
  });
});
