import type { HealingCase, HealingCaseId, Message, PlanId, Principal, Reply, StoreChange } from '@jamie/core';
import type { HealingReport } from '@jamie/healing';
import { newPlanChanges, type RemedyRequest } from '@jamie/operations';
import { type Autonomy, BUILT_IN_POLICY } from '@jamie/policy';
import { aHealingCase, aHealingOrigin, aPlan, aPlanRecord } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld, ListNotifier } from '../agents-world.fixture.ts';
import { findShown } from '../desk/show.ts';
import { showMessage } from '../desk/show-message.ts';
import { createHealingReports } from './healing-reports.ts';

const HEALER: Principal = {
  id: 'automation:self-healing',
  displayName: 'Scarlet',
  kubernetes: { user: 'jamie-scarlet:self-healing', groups: [] },
  source: 'automation',
};
const CASE_ID = 'h-00000001' as HealingCaseId;
const C1 = { teamId: 'T1', channelId: 'C1' };
const C2 = { teamId: 'T1', channelId: 'C2' };
const AUTONOMY: Autonomy = {
  level: 'act',
  remediations: ['roll-back'],
  attempts: 3,
  memoryCeilingBytes: 0,
  rolloutWaitMs: 0,
  reportTo: [],
};
const REPLY: Reply = { tone: 'answer', headline: 'It needs you.', sections: [], proposals: [] };

let world: AgentsWorld;
let reportTo: readonly { readonly teamId: string; readonly channelId: string }[];
let asked: RemedyRequest[];

beforeEach(() => {
  world = new AgentsWorld();
  reportTo = [];
  asked = [];
});

afterEach(() => world.destroy());

function reports() {
  const operations = {
    ...world.context.operations,
    async remedy(request: RemedyRequest) {
      asked.push(request);
      const { requestId, conversationId, correlationId, healing } = request;
      const id = request.planKey as PlanId;
      const record = aPlanRecord({ plan: aPlan({ id, requestId, conversationId, correlationId, healing }) });
      return { kind: 'started' as const, record, changes: newPlanChanges(record) };
    },
  };
  const autonomy = () => ({ ...AUTONOMY, reportTo });
  const policy = { current: () => ({ ...BUILT_IN_POLICY, autonomyOf: autonomy }) };
  return createHealingReports({ ...world.context, operations, policy }, () => HEALER);
}

async function commit(changes: readonly StoreChange[]): Promise<void> {
  expect(await world.store.commit(changes)).toEqual({ kind: 'committed' });
}

async function put(healingCase: HealingCase): Promise<HealingCase> {
  await commit([{ kind: 'healing.put', healingCase, expectedVersion: healingCase.version - 1 }]);
  return healingCase;
}

async function attempt(planKey: string): Promise<void> {
  const result = await reports().operations.remedy({
    operation: aPlan().operation,
    requester: HEALER,
    requestId: 'request_x' as never,
    conversationId: 'conversation_x' as never,
    correlationId: 'correlation_x' as never,
    planKey,
    healing: aHealingOrigin({ caseId: CASE_ID }),
  });
  if (result.kind === 'refused') throw new Error('refused');
  await commit(result.changes);
}

function tell(healingCase: HealingCase, key = 'escalated:1'): Promise<readonly StoreChange[]> {
  const report: HealingReport = {
    kind: 'escalated',
    healingCase,
    autonomy: { ...AUTONOMY, reportTo },
    reply: REPLY,
    key,
    at: world.clock.now(),
  };
  return reports().report(report);
}

async function messagesAt(channelId: string): Promise<readonly Message[]> {
  const place = { surface: 'slack', teamId: 'T1', channelId, threadTs: '' } as const;
  const conversation = await world.store.findConversationAt(place);
  return conversation === undefined ? [] : world.store.listMessages(conversation.id);
}

describe('self-healing', () => {
  it('speaks to this machine where no channel is named', async () => {
    await put(aHealingCase({ id: CASE_ID }));
    await commit(await tell(aHealingCase({ id: CASE_ID })));
    const local = await world.store.findConversationAt({ surface: 'local', key: 'self-healing' });
    const messages = local && (await world.store.listMessages(local.id));
    expect(messages).toMatchObject([
      { authorName: 'Scarlet', body: { reply: { headline: 'It needs you.' } } },
    ]);
  });

  it('shows the card of a plan in every channel that the policy names now, whatever it named before', async () => {
    await put(aHealingCase({ id: CASE_ID }));
    reportTo = [C1, C2, C1];
    await attempt('p-00000001');
    const [main] = await messagesAt('C1');
    const [further] = await messagesAt('C2');
    expect([main?.planId, further?.planId]).toEqual(['p-00000001', 'p-00000001']);
    expect(asked[0]?.conversationId).toBe(main?.conversationId);
    reportTo = [C2];
    await attempt('p-00000002');
    expect(await messagesAt('C1')).toHaveLength(1);
    expect(await messagesAt('C2')).toHaveLength(2);
    expect(await world.store.listMessagesOfPlan('p-00000001' as PlanId)).toHaveLength(2);
  });

  it('makes one request for everything of a case, which nobody has to answer', async () => {
    reportTo = [C1, C2];
    const healingCase = await put(aHealingCase({ id: CASE_ID }));
    await attempt('p-00000001');
    await commit(await tell(healingCase));
    const messages = [...(await messagesAt('C1')), ...(await messagesAt('C2'))];
    const ids = new Set(messages.map(({ requestId }) => requestId));
    expect(messages).toHaveLength(4);
    expect(ids.size).toBe(1);
    for (const id of ids) {
      expect(await world.store.findRequest(id)).toMatchObject({ status: 'answered', principal: HEALER });
    }
    expect(await world.store.listOpenRequests(world.clock.now() + 1, 10)).toEqual([]);
  });

  it('tells the same only once', async () => {
    reportTo = [C1];
    const healingCase = await put(aHealingCase({ id: CASE_ID }));
    const changes = await tell(healingCase);
    await commit(changes);
    expect(await world.store.commit(await tell(healingCase))).toMatchObject({ reason: 'already_exists' });
    await commit(await tell(healingCase, 'escalated:2'));
    expect(await messagesAt('C1')).toHaveLength(2);
  });
});

describe('the thread of a case', () => {
  async function tried(): Promise<HealingCase> {
    reportTo = [C1];
    const attempts = [{ planId: 'p-00000001' as PlanId, startedAt: 1, level: 'act' as const }];
    const healingCase = await put(aHealingCase({ id: CASE_ID }));
    await attempt('p-00000001');
    return put({ ...healingCase, attempts, version: 2 });
  }

  it('begins with the card of the first attempt, and everything later stands in it', async () => {
    const healingCase = await tried();
    await attempt('p-00000002');
    await commit(await tell(healingCase));
    const [first, second, dossier] = await messagesAt('C1');
    expect(first?.inThreadOf).toBeUndefined();
    expect([second?.inThreadOf, dossier?.inThreadOf]).toEqual([first?.id, first?.id]);
  });

  it('is where a later message is shown once the first is posted, and not before', async () => {
    const healingCase = await tried();
    await commit(await tell(healingCase));
    const [first, dossier] = await messagesAt('C1');
    if (first === undefined || dossier === undefined) throw new Error('not told');
    const notifier = new ListNotifier();
    await expect(showMessage(world.context, notifier, dossier.id)).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
    await showMessage(world.context, notifier, first.id);
    await showMessage(world.context, notifier, dossier.id);
    expect(notifier.shown).toHaveLength(2);
    const shown = await findShown(world.store, dossier.id);
    expect(shown?.conversation.place).toMatchObject({ channelId: 'C1', threadTs: '1.0' });
    expect((await findShown(world.store, first.id))?.conversation.place).toMatchObject({ threadTs: '' });
  });

  it('is not waited for longer than a minute', async () => {
    const healingCase = await tried();
    await commit(await tell(healingCase));
    const [, dossier] = await messagesAt('C1');
    await world.clock.advance(61_000);
    const notifier = new ListNotifier();
    await showMessage(world.context, notifier, dossier?.id as Message['id']);
    expect(notifier.shown).toHaveLength(1);
  });
});
