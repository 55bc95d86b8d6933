import type { ReplySection } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { EVERY_NAMESPACE } from '../grammar/parameters.ts';
import type { CommandRequest } from './command-request.ts';
import {
  channelScope,
  type DefaultsInForce,
  describeNamespaces,
  describeSource,
  personScope,
  readDefaults,
} from './defaults-in-force.ts';
import { answer, type Outcome, refusal } from './outcome.ts';
import { type DefaultsScope, defaultsChanges, setDefaults } from './set-defaults.ts';

type Use = IntentOf<'use'>;

/** Shows where we look unless told otherwise, sets it for the person or the channel, or forgets it. */
export async function use(context: AgentsContext, asked: CommandRequest, intent: Use): Promise<Outcome> {
  const isSetting = Object.keys(intent.place).length > 0;
  if (!isSetting && !intent.clear) return show(context, asked);
  if (intent.for === 'channel' && !isInChannel(asked)) {
    return refusal('Only a channel in Slack has defaults of its own. Leave out --for channel to set yours.');
  }
  const { request, conversation } = asked;
  const scope = intent.for === 'me' ? personScope(request.principal) : channelScope(conversation.place);
  const before = await context.store.findDefaults(scope);
  return isSetting
    ? setDefaults(context, asked, intent, { scope, before })
    : forget(context, asked, intent, { scope, before });
}

function isInChannel({ conversation: { place } }: CommandRequest): boolean {
  // The id of a direct message begins with D.
  return place.surface === 'slack' && !place.channelId.startsWith('D');
}

function forget(context: AgentsContext, asked: CommandRequest, intent: Use, scope: DefaultsScope): Outcome {
  const whose = intent.for === 'me' ? 'Your defaults' : 'The defaults of this channel';
  const { before } = scope;
  if (before?.cluster === undefined && before?.namespace === undefined)
    return answer(`${whose} were not set, so there was nothing to forget.`);
  return { ...answer(`${whose} are forgotten.`), changes: defaultsChanges(context, asked, scope, {}) };
}

async function show(context: AgentsContext, asked: CommandRequest): Promise<Outcome> {
  const inForce = await readDefaults(context, asked);
  const { cluster, namespace } = inForce;
  if (cluster === undefined) return refusal('No cluster is connected yet. Type doctor for the next step.');
  const isKnown = context.clusters.list().some(({ name }) => name === cluster.name);
  const where = describeNamespaces(namespace?.name);
  const headline = isKnown
    ? `I look ${where} of ${cluster.name}, unless you name another.`
    : `I no longer know ${cluster.name}, where I should look. Set another: use --cluster NAME.`;
  const outcome = answer(headline, [table(inForce)]);
  if (cluster.from !== 'person' && namespace?.from !== 'person') return outcome;
  const followUps = [{ label: 'Forget my defaults', command: 'use --clear' }];
  return { ...outcome, reply: { ...outcome.reply, followUps } };
}

function table({ cluster, namespace }: DefaultsInForce): ReplySection {
  return {
    kind: 'table',
    columns: ['What', 'In force', 'From'],
    rows: [
      ['Cluster', cluster?.name ?? 'none', cluster === undefined ? '' : describeSource(cluster.from)],
      [
        'Namespace',
        namespace === undefined || namespace.name === EVERY_NAMESPACE ? 'all' : namespace.name,
        namespace === undefined ? 'nothing else was set' : describeSource(namespace.from),
      ],
    ],
  };
}
