import type { PlanCard, PlanId, ShownMessage } from '@jamie/core';
import type { SlackWorkspace } from '@jamie/slack';
import { aHomePlan, aHomeSummary, aPlanCard, FakeClock, RecordingLogger } from '@jamie/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createHomeTabs, type HomeTabs, type HomeVisitor } from './home-tabs.ts';

const planId = 'p-00000001' as PlanId;

let clock: FakeClock;
let tabs: HomeTabs;
let listener: (shown: ShownMessage) => void;
/** Whose page was shown when, in seconds. */
let shownAt: [userId: string, seconds: number][];
let startedAt: number;
let isBroken: boolean;
let waiting: PlanCard[];
/** Who is let in; absent: whoever asks. */
let known: ReadonlySet<string> | undefined;
/** As whom pages were read. */
let readAs: string[];

const workspace = {
  teamId: 'T1',
  client: {
    views: {
      async publish({ user_id: userId }: { user_id: string }) {
        if (isBroken) throw new Error('slack is away');
        shownAt.push([userId, (clock.now() - startedAt) / 1_000]);
      },
    },
  },
} as unknown as SlackWorkspace;

function visitor(userId: string): HomeVisitor {
  const kubernetes = { user: userId, groups: [] };
  const principal = { id: userId, displayName: userId, kubernetes, source: 'slack' } as const;
  return { workspace, person: { teamId: 'T1', userId }, principal };
}

function change(card: Partial<PlanCard>, asker?: string): void {
  listener({
    card: aPlanCard(card),
    message: { author: 'jamie' },
    ...(asker === undefined ? {} : { asker: { teamId: 'T1', userId: asker } }),
  } as ShownMessage);
}

beforeEach(() => {
  clock = new FakeClock();
  startedAt = clock.now();
  shownAt = [];
  isBroken = false;
  waiting = [];
  known = undefined;
  readAs = [];
  tabs = createHomeTabs({
    clock,
    people: {
      async identify({ userId }) {
        if (known?.has(userId) === false)
          return { kind: 'refused', reason: 'unmapped', message: 'I do not know you yet.' };
        return { kind: 'known', principal: visitor(userId).principal };
      },
    },
    logger: new RecordingLogger(),
    desk: {
      async readHome({ id }) {
        readAs.push(id);
        return aHomeSummary({ waiting: waiting.map((card) => aHomePlan({ card })) });
      },
      onShown(heard) {
        listener = heard;
        return () => undefined;
      },
    },
  });
});

describe('createHomeTabs', () => {
  it('reads nothing any more for somebody who is let in no longer, and says so on their page once', async () => {
    await tabs.open(visitor('U1'));
    known = new Set();
    for (let times = 0; times < 3; times += 1) {
      change({ status: 'awaiting_approval' });
      await clock.advance(10_000);
    }
    expect(readAs).toEqual(['U1']);
    expect(shownAt).toHaveLength(2);
  });

  it('shows a page at once, and then one in five seconds at most, however much happens', async () => {
    await tabs.open(visitor('U1'));
    for (let second = 0; second < 12; second += 1) {
      for (let times = 0; times < 5; times += 1) tabs.refresh(visitor('U1'), 'Counted.');
      await tabs.open(visitor('U1'));
      await clock.advance(1_000);
    }
    expect(shownAt).toEqual([
      ['U1', 0],
      ['U1', 5],
      ['U1', 10],
    ]);
  });

  it('shows anew what a changed plan concerns: those who see it, and everybody who may decide it', async () => {
    waiting = [aPlanCard({ planId })];
    await tabs.open(visitor('U1'));
    waiting = [];
    await tabs.open(visitor('U2'));
    await clock.advance(5_000);
    shownAt = [];
    change({ planId, status: 'approved' });
    await clock.advance(5_000);
    expect(shownAt.map(([userId]) => userId)).toEqual(['U1']);
    change({ planId: 'p-00000002' as PlanId });
    await clock.advance(5_000);
    expect(
      shownAt
        .map(([userId]) => userId)
        .slice(1)
        .toSorted(),
    ).toEqual(['U1', 'U2']);
  });

  it('shows anew what its person has asked for, and leaves others alone', async () => {
    await tabs.open(visitor('U1'));
    await tabs.open(visitor('U2'));
    await clock.advance(5_000);
    shownAt = [];
    change({ status: 'succeeded', planId: 'p-00000009' as PlanId }, 'U2');
    await clock.advance(5_000);
    expect(shownAt.map(([userId]) => userId)).toEqual(['U2']);
  });

  it('leaves a page alone that nobody has used for long', async () => {
    await tabs.open(visitor('U1'));
    await clock.advance(16 * 60_000);
    change({});
    await clock.advance(10_000);
    expect(shownAt).toHaveLength(1);
  });

  it('goes on after a page could not be shown', async () => {
    await tabs.open(visitor('U1'));
    isBroken = true;
    tabs.refresh(visitor('U1'));
    await clock.advance(5_000);
    isBroken = false;
    tabs.refresh(visitor('U1'));
    tabs.refresh(visitor('U2'));
    await clock.advance(5_000);
    expect(
      shownAt
        .map(([userId]) => userId)
        .slice(1)
        .toSorted(),
    ).toEqual(['U1', 'U2']);
  });

  it('tells whoever opens a page that it could not be shown', async () => {
    isBroken = true;
    await expect(tabs.open(visitor('U1'))).rejects.toMatchObject({ code: 'internal' });
  });

  it('shows nothing more once it is stopped', async () => {
    await tabs.open(visitor('U1'));
    tabs.refresh(visitor('U1'));
    await tabs.stop();
    await clock.advance(10_000);
    expect(shownAt).toHaveLength(1);
  });
});
