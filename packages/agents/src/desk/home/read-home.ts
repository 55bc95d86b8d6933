import type { Check, CheckResult, Clock, HomeSummary, Principal } from '@jamie/core';
import { toOpsError } from '@jamie/core';
import type { AgentsContext } from '../../agents-context.ts';
import { personScope } from '../../commands/defaults-in-force.ts';
import { readHomeClusters } from './home-clusters.ts';
import { NO_PLANS, readHomePlans } from './home-plans.ts';
import { inTime, type Timed } from './in-time.ts';

/** For each part; all are read at the same time. */
const LIMIT_MS = 1_800;

/** What concerns one person, with their rights. What is not there in time is named instead of waited for. */
export async function readHome(context: AgentsContext, person: Principal): Promise<HomeSummary> {
  const { clock, store } = context;
  const [plans, clusters, checks, freeze, defaults] = await Promise.all([
    inTime(clock, LIMIT_MS, () => readHomePlans(context, person)),
    readHomeClusters(context, person, LIMIT_MS - 300),
    readChecks(clock, context.checks),
    context.operations.readFreeze(),
    store.findDefaults(personScope(person)),
  ]);
  const { unjudged, ...shown } = plans.kind === 'done' ? plans.result : NO_PLANS;
  const { cluster, namespace } = defaults ?? {};
  return {
    at: clock.now(),
    ...shown,
    clusters,
    checks,
    ...(freeze.state.frozen && { frozenBecause: freeze.state.reason, whoMayThaw: freeze.whoMayThaw }),
    defaults: { ...(cluster !== undefined && { cluster }), ...(namespace !== undefined && { namespace }) },
    unread: [...describePlansUnread(plans), ...describeUnjudged(unjudged)],
  };
}

function describePlansUnread(plans: Timed<unknown>): readonly string[] {
  return plans.kind === 'done' ? [] : ['I could not read the open plans in time. Refresh to try again.'];
}

function describeUnjudged(count: number): readonly string[] {
  if (count === 0) return [];
  const plans = count === 1 ? 'One waiting plan is' : `${count} waiting plans are`;
  return [`${plans} on a cluster that does not answer, so that I cannot tell whether you may decide.`];
}

/** One line on everything that is connected, worst first. */
async function readChecks(clock: Clock, checks: readonly Check[]): Promise<string> {
  const results = await Promise.all(checks.map((check) => inTime(clock, LIMIT_MS, () => runCheck(check))));
  const done = results.flatMap((each) => (each.kind === 'done' ? [each.result] : []));
  const late = results.length - done.length;
  const named = (status: CheckResult['status']) =>
    done.filter((result) => result.status === status).map(({ name }) => name);
  const failed = named('failed');
  const warned = named('warning');
  const parts = [
    ...(failed.length === 0 ? [] : [`Not answering: ${failed.join(', ')}.`]),
    ...(warned.length === 0 ? [] : [`Needs a look: ${warned.join(', ')}.`]),
    ...(late === 0 ? [] : [`${late} of ${results.length} checks took too long.`]),
  ];
  return parts.length === 0 ? 'Everything that is configured answers.' : parts.join(' ');
}

/** A check that fails itself is a failed one. */
async function runCheck(check: Check): Promise<CheckResult> {
  try {
    return await check();
  } catch (error) {
    return { name: 'a check', status: 'failed', detail: toOpsError(error).message, mend: '' };
  }
}
