import type { ClusterInfo, Defaults } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { channelScope, type DefaultsGiven, decideDefaults } from './defaults-in-force.ts';

function clustersNamed(...names: readonly string[]): readonly ClusterInfo[] {
  return names.map((name) => ({ name, environment: 'staging', server: 'https://x', source: 'registered' }));
}

function defaults(of: Partial<Defaults>): Defaults {
  return { scope: 'person:u1', version: 1, ...of };
}

const NOTHING: DefaultsGiven = {
  place: {},
  conversation: {},
  person: undefined,
  channel: undefined,
  clusters: clustersNamed('first', 'second'),
};

describe('decideDefaults', () => {
  const cases: readonly (readonly [string, Partial<DefaultsGiven>, string])[] = [
    ['the first cluster where nobody said anything', {}, 'first from first'],
    ['the channel before the first', { channel: defaults({ cluster: 'b' }) }, 'b from channel'],
    [
      'the person before the channel',
      { channel: defaults({ cluster: 'b' }), person: defaults({ cluster: 'c' }) },
      'c from person',
    ],
    [
      'the conversation before the person',
      { person: defaults({ cluster: 'c' }), conversation: { cluster: 'd' } },
      'd from conversation',
    ],
    [
      'the request before everything',
      { conversation: { cluster: 'd' }, place: { cluster: 'e' } },
      'e from request',
    ],
  ];
  it.each(cases)('takes %s', (_what, given, expected) => {
    const { cluster } = decideDefaults({ ...NOTHING, ...given });
    expect(`${cluster?.name} from ${cluster?.from}`).toBe(expected);
  });

  it('names nothing where nothing is known', () => {
    expect(decideDefaults({ ...NOTHING, clusters: [] })).toEqual({});
  });

  it('takes the person before the channel for the namespace too', () => {
    const given = { person: defaults({ namespace: 'mine' }), channel: defaults({ namespace: 'ours' }) };
    expect(decideDefaults({ ...NOTHING, ...given }).namespace).toEqual({ name: 'mine', from: 'person' });
    expect(decideDefaults({ ...NOTHING, ...given, place: { namespace: 'now' } }).namespace).toEqual({
      name: 'now',
      from: 'request',
    });
  });

  it('never carries a namespace that was set with one cluster to another one', () => {
    const person = defaults({ cluster: 'prod', namespace: 'payments' });
    expect(decideDefaults({ ...NOTHING, person }).namespace?.name).toBe('payments');
    expect(decideDefaults({ ...NOTHING, person, place: { cluster: 'second' } }).namespace).toBeUndefined();
    const channel = defaults({ namespace: 'ours' });
    expect(decideDefaults({ ...NOTHING, person, channel, place: { cluster: 'second' } }).namespace).toEqual({
      name: 'ours',
      from: 'channel',
    });
  });

  it('keeps a cluster that is known no more, instead of going to another one unasked', () => {
    const person = defaults({ cluster: 'gone' });
    expect(decideDefaults({ ...NOTHING, person }).cluster).toEqual({ name: 'gone', from: 'person' });
  });

  it('always looks where the request says', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const some = fc.record({ cluster: name, namespace: name }, { requiredKeys: [] });
    fc.assert(
      fc.property(some, some, some, fc.option(name), (place, person, channel, spokenOf) => {
        const conversation = spokenOf === null ? {} : { cluster: spokenOf };
        const given = { place, person: defaults(person), channel: defaults(channel), conversation };
        const inForce = decideDefaults({ ...NOTHING, ...given });
        if (place.cluster !== undefined)
          expect(inForce.cluster).toEqual({ name: place.cluster, from: 'request' });
        if (place.namespace !== undefined)
          expect(inForce.namespace).toEqual({ name: place.namespace, from: 'request' });
      }),
    );
  });
});

describe('channelScope', () => {
  it('is one for each channel of each workspace, and one for all local places', () => {
    const slack = { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '1.0' } as const;
    expect(channelScope(slack)).toBe(channelScope({ ...slack, threadTs: '2.0' }));
    expect(channelScope(slack)).toBe('channel:T1:C1');
    expect(channelScope({ surface: 'local', key: 'page' })).toBe('channel:local');
  });
});
