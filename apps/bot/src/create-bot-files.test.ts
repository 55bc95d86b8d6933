import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BotWorld, createBotWorld } from './bot-world.fixture.ts';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const YAML = { name: 'web.yaml', content: CONFIG };

describe('a file that somebody uploads', () => {
  let world: BotWorld;

  beforeAll(async () => {
    world = await createBotWorld({ mode: 'socket' });
  }, 30_000);
  afterAll(() => world.end());
  beforeEach(() => {
    world.desk.submissions.length = 0;
  });

  const mention = (text: string, files = [YAML], user = 'U1') =>
    world.slack.mention({ user, channel: 'C1', text, files });
  const whispers = () => world.slack.workspace.ephemerals.map(({ text }) => text);
  const whispered = (words: string) => world.until(() => whispers().some((text) => text.includes(words)));
  const downloads = () => world.slack.calls.filter(({ method }) => method === 'download').length;

  async function submitted() {
    await world.until(() => world.desk.submissions.length > 0);
    await world.settle();
    return world.desk.submissions;
  }

  it('comes to the desk with the words, once, where they say apply', async () => {
    mention('apply this -n shop');
    expect(await submitted()).toMatchObject([{ text: 'apply this -n shop', manifest: CONFIG }]);
  });

  it('comes from a direct message too', async () => {
    const direct = world.slack.workspace.directChannel('U1').id;
    world.slack.say({ user: 'U1', channel: direct, text: 'apply', files: [YAML] });
    expect(await submitted()).toMatchObject([{ text: 'apply', manifest: CONFIG }]);
  });

  it('is left alone where nobody says apply', async () => {
    const before = downloads();
    mention('why does this crash?', [{ name: 'crash.json', content: '{}' }]);
    expect((await submitted())[0]).not.toHaveProperty('manifest');
    expect(downloads()).toBe(before);
  });

  it('is refused in words that only its sender sees, where there are two', async () => {
    mention('apply', [YAML, { ...YAML, name: 'other.yml' }]);
    await whispered('I apply one file at a time');
    expect(world.desk.submissions).toEqual([]);
  });

  it('is not fetched for a stranger', async () => {
    const before = downloads();
    world.slack.workspace.addUser('U5', { name: 'Stranger' });
    mention('apply', [YAML], 'U5');
    await whispered('I do not know you yet');
    expect(downloads()).toBe(before);
    expect(world.desk.submissions).toEqual([]);
  });

  it('is fetched again after Slack was away, and nothing is lost', async () => {
    world.slack.failNext('download', { kind: 'http_status', status: 503 });
    mention('apply');
    expect(await submitted()).toMatchObject([{ manifest: CONFIG }]);
  }, 60_000);

  it('is refused with the name of the scope that is missing', async () => {
    world.slack.workspace.scopes.delete('files:read');
    mention('apply');
    await whispered('files:read');
    expect(world.desk.submissions).toEqual([]);
  });
});
