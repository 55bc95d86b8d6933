import { listDetections } from '@jamie/analysis';
import type { Reply } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});
afterEach(() => world.destroy());

function rowsOf(reply: Reply) {
  const table = reply.sections.find((section) => section.kind === 'table');
  if (table?.kind !== 'table') throw new Error('no table');
  return table.rows;
}

const textOf = (reply: Reply) =>
  reply.sections.flatMap((section) => (section.kind === 'text' ? section.lines : [])).join('\n');

describe('detections', () => {
  it('counts all by area, and gives the whole catalogue as a file', async () => {
    const reply = await world.ask('detections');
    const all = listDetections();
    expect(reply.headline).toMatch(new RegExp(`^${all.length} detections in \\d+ areas\\.`));
    const total = rowsOf(reply).reduce((sum, [, , count]) => sum + Number(count), 0);
    expect(total).toBe(all.length);
    const text = reply.files?.[0]?.text ?? '';
    expect(all.filter(({ code }) => !text.includes(code))).toEqual([]);
  });

  it('explains one by its code', async () => {
    const reply = await world.ask('detections chk-pod-111');
    expect(reply.headline).toBe('CHK-POD-111: container that is OOMKilled again and again.');
    expect(textOf(reply)).toMatch(/^Severity: critical\. Told whenever it is found\.\nIt reads Pod\./);
  });

  it('lists those that words fit, page by page, and leads on to the next', async () => {
    const reply = await world.ask('detections critical');
    expect(reply.headline).toMatch(/^\d+ detections fit "critical"\.$/);
    expect(rowsOf(reply)).toHaveLength(20);
    expect(reply.followUps).toEqual([{ label: 'Next page', command: 'detections critical --page 2' }]);
    const next = await world.ask('detections critical --page 2');
    expect(rowsOf(next)[0]).not.toEqual(rowsOf(reply)[0]);
    expect((await world.ask('detections critical --page 99')).tone).toBe('refusal');
  });

  it('refuses a code that does not exist and words that fit nothing, and says what to type', async () => {
    expect(await world.ask('detections CHK-POD-999')).toMatchObject({
      tone: 'refusal',
      headline: 'There is no detection "CHK-POD-999". Type detections for the areas and all codes.',
    });
    expect((await world.ask('detections quantum image')).headline).toMatch(
      /^No detection fits "quantum image"\./,
    );
  });
});
