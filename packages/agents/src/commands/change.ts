import type { AgentsContext } from '../agents-context.ts';
import type { Intent } from '../grammar/intent.ts';
import type { CommandRequest } from './command-request.ts';
import { findWorkload } from './find-target.ts';
import type { Outcome } from './outcome.ts';
import { propose } from './propose.ts';

type ChangeIntent = Extract<Intent, { kind: 'scale' | 'restart' | 'rollback' }>;

/** Plans a change of a workload that was named. */
export async function change(
  context: AgentsContext,
  asked: CommandRequest,
  intent: ChangeIntent,
): Promise<Outcome> {
  const found = await findWorkload(context, asked, intent.words, intent.place);
  if (found.kind === 'not_found') return found.outcome;
  const target = { kind: found.ref.kind, namespace: found.ref.namespace, name: found.ref.name };
  const cluster = found.connection.info.name;
  switch (intent.kind) {
    case 'scale':
      return propose(context, asked, { kind: 'scale', target, replicas: intent.replicas }, cluster);
    case 'restart':
      return propose(context, asked, { kind: 'restart', target }, cluster);
    case 'rollback': {
      const { toRevision } = intent;
      return propose(
        context,
        asked,
        { kind: 'rollback', target, ...(toRevision && { toRevision }) },
        cluster,
      );
    }
  }
}
