import type { EventView } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { EventStore } from './event-store.ts';

function event(name: string, lastSeen: number, involved = 'web-1'): EventView {
  return {
    kind: 'Event',
    namespace: 'shop',
    name,
    uid: name,
    resourceVersion: '1',
    createdAt: 0,
    labels: {},
    type: 'Warning',
    reason: 'BackOff',
    message: '',
    count: 1,
    firstSeen: 0,
    lastSeen,
    involved: { kind: 'Pod', namespace: 'shop', name: involved, uid: '' },
  };
}

describe('EventStore', () => {
  it('keeps the newest events of each object, in whatever order they come', () => {
    const store = new EventStore({ eventsPerObject: 2, events: 100 });
    for (const seen of [3, 1, 4, 2]) store.set(event(`e${seen}`, seen));
    store.set(event('other', 1, 'web-2'));
    expect(
      store
        .views()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['e3', 'e4', 'other']);
  });

  it('keeps no more than its total, the newest', () => {
    const store = new EventStore({ eventsPerObject: 2, events: 100 });
    store.replace(Array.from({ length: 1_000 }, (_, index) => event(`e${index}`, index, `pod-${index}`)));
    const kept = store.views().map(({ lastSeen }) => lastSeen);
    expect(kept.length).toBeLessThanOrEqual(125);
    expect(Math.min(...kept)).toBeGreaterThanOrEqual(1_000 - 125);
  });

  it('replaces an event that is counted up instead of keeping both', () => {
    const store = new EventStore({ eventsPerObject: 2, events: 100 });
    store.set(event('e', 1));
    store.set(event('e', 2));
    expect(store.views()).toEqual([event('e', 2)]);
    store.delete(event('e', 2));
    expect(store.views()).toEqual([]);
  });
});
