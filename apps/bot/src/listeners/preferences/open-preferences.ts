import { renderPreferencesModal } from '@jamie/slack';
import { openPreparedModal } from '../../answers/open-prepared-modal.ts';
import type { HomeVisitor } from '../home/home-tabs.ts';
import type { ListenerContext } from '../listener-context.ts';

const LISTED_CLUSTERS = 1_000;

/** Shows somebody where we look for them, to be changed. */
export async function openPreferences(
  context: ListenerContext,
  visitor: HomeVisitor,
  triggerId: string,
): Promise<void> {
  const prepare = () => preparePreferences(context, visitor);
  const { client } = visitor.workspace;
  const outcome = await openPreparedModal(client, { triggerId, title: 'Your preferences', prepare });
  if (outcome === 'opened') return;
  const told = 'Slack gives me three seconds to open a form, and they were over. Click again.';
  context.homes.refresh(visitor, told);
}

/** `chosen`: the cluster that was just chosen in the form. */
export async function preparePreferences(
  { desk }: ListenerContext,
  { principal }: HomeVisitor,
  chosen?: string,
) {
  const [home, clusters] = await Promise.all([
    desk.readHome(principal),
    desk.suggest({ principal, what: 'cluster', query: '', limit: LISTED_CLUSTERS }),
  ]);
  const { defaults } = home;
  const names = clusters.map(({ value }) => value);
  const cluster = chosen ?? defaults.cluster ?? names[0];
  // A namespace of one cluster is none of another.
  const namespace = chosen === undefined || chosen === defaults.cluster ? defaults.namespace : undefined;
  return renderPreferencesModal({
    clusters: names,
    ...(cluster !== undefined && { cluster }),
    ...(namespace !== undefined && namespace !== '*' && { namespace }),
  });
}
