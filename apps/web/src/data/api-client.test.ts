import type { PlanId } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { createApiClient } from './api-client.ts';

const PLAN = 'p-4k7d2m9q' as PlanId;
const BALLOT = { decision: 'approve', planHash: 'h' } as const;

/** A client whose server always answers the same. */
function answering(status: number, body: unknown) {
  const calls: { path: string; init: RequestInit }[] = [];
  const client = createApiClient(async (path, init) => {
    calls.push({ path, init });
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
  });
  return { client, calls };
}

describe('createApiClient', () => {
  it('hands a request in as JSON to the origin that served the page', async () => {
    const { client, calls } = answering(202, { requestId: 'req_1', conversationId: 'conv_1' });
    const submission = {
      text: 'health',
      form: 'command',
      conversationKey: 'k',
      idempotencyKey: 'i',
    } as const;
    expect(await client.submit(submission)).toMatchObject({ kind: 'ok', value: { requestId: 'req_1' } });
    expect(calls[0]).toMatchObject({
      path: '/v1/requests',
      init: { method: 'POST', credentials: 'same-origin', body: JSON.stringify(submission) },
    });
  });

  it('never lets a name leave its place in the path', async () => {
    const { client, calls } = answering(200, { messages: [] });
    await client.readTranscript('../clusters?x=1');
    expect(calls[0]?.path).toBe('/v1/conversations/..%2Fclusters%3Fx%3D1');
  });

  it('reads the cases of self-healing as the answer that they are', async () => {
    const reply = { tone: 'answer', headline: 'No case is open.', sections: [], proposals: [] };
    const { client, calls } = answering(200, reply);
    expect(await client.readHealing()).toEqual({ kind: 'ok', value: reply });
    expect(calls[0]?.path).toBe('/v1/healing');
  });

  it('takes a conversation that nobody has started for an empty one', async () => {
    const { client } = answering(404, { error: { message: 'none' } });
    expect(await client.readTranscript('k')).toEqual({ kind: 'ok', value: [] });
  });

  it('reads a refused vote with its reason', async () => {
    const { client } = answering(409, { kind: 'refused', message: 'Ann denied it before.' });
    expect(await client.vote(PLAN, BALLOT)).toEqual({
      kind: 'ok',
      value: { kind: 'refused', message: 'Ann denied it before.' },
    });
  });

  it.each([401])('tells a missing sign-in from every other refusal', async (status) => {
    const { client } = answering(status, { error: { message: 'no' } });
    expect(await client.vote(PLAN, BALLOT)).toEqual({ kind: 'signed_out' });
  });

  it.each([502, 503, 504])('takes status %i for nobody being there', async (status) => {
    const { client } = answering(status, '<html>Bad gateway</html>');
    expect(await client.listChecks()).toMatchObject({ kind: 'unreachable' });
  });

  it('repeats the reason and the reference of an error, and says so when there is no reason', async () => {
    const withReason = answering(500, {
      error: { code: 'internal', message: 'Broken.', referenceId: 'ref_9' },
    });
    expect(await withReason.client.listClusters()).toEqual({
      kind: 'rejected',
      message: 'Broken. (Reference ref_9)',
    });
    const without = answering(418, '');
    expect(await without.client.listClusters()).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('418'),
    });
  });

  it('turns a failed connection into a value', async () => {
    const client = createApiClient(async () => {
      throw new TypeError('Failed to fetch');
    });
    expect(await client.listChecks()).toMatchObject({ kind: 'unreachable' });
  });

  it('reads the status, and nothing at all where the server says something else', async () => {
    const { client } = answering(200, { examples: ['health', 7], freeze: { frozen: true, reason: 'sale' } });
    expect(await client.readStatus()).toEqual({
      kind: 'ok',
      value: { examples: ['health'], freezeReason: 'sale' },
    });
    for (const body of ['', 'null', '[]', '{"examples":{}}', '{"freeze":null}']) {
      const odd = answering(200, body);
      expect(await odd.client.readStatus()).toEqual({
        kind: 'ok',
        value: { examples: [], freezeReason: undefined },
      });
    }
  });
});
