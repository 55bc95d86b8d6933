import { diagnose } from '@jamie/analysis';
import type {
  Cause,
  ClusterConnection,
  ClusterInfo,
  HomeCluster,
  HomeFinding,
  Principal,
  Unchecked,
} from '@jamie/core';
import { formatObjectRef, typedName } from '@jamie/core';
import type { AgentsContext } from '../../agents-context.ts';
import { mayRead } from '../../commands/read-rights.ts';
import { formatIntent } from '../../grammar/format-intent.ts';
import { inTime } from './in-time.ts';

/** Of all clusters together: what a person reads at a glance. */
const SHOWN_FINDINGS = 5;
const SHOWN_UNCHECKED = 3;
/** Most namespaces that the authoriser is asked about where a person may not read the whole cluster. */
const ASKED_NAMESPACES = 20;
/** Most clusters that are looked at; the others are only named. */
const LOOKED_AT_CLUSTERS = 20;
const SEVERITIES: readonly HomeFinding['severity'][] = ['critical', 'warning', 'info'];

/** Each cluster with what is open on it, as far as this person may know, within the time. */
export function readHomeClusters(
  context: AgentsContext,
  person: Principal,
  limitMs: number,
): Promise<readonly HomeCluster[]> {
  const known = context.clusters.list();
  return Promise.all(
    known.map((info, index) =>
      index < LOOKED_AT_CLUSTERS
        ? readCluster(context, person, info, limitMs)
        : blank(info, 'unknown', `not looked at: I look at ${LOOKED_AT_CLUSTERS} clusters here`),
    ),
  );
}

async function readCluster(
  context: AgentsContext,
  person: Principal,
  info: ClusterInfo,
  limitMs: number,
): Promise<HomeCluster> {
  const { clock } = context;
  const connection = context.clusters.connect(info.name);
  const [version, seen] = await Promise.all([
    inTime(clock, limitMs, () => connection.reader.version()),
    inTime(clock, limitMs, () => readFindings(connection, person, limitMs)),
  ]);
  const found = seen.kind === 'done' ? seen.result : { findings: [], moreFindings: 0, unchecked: [] };
  const unchecked =
    seen.kind === 'done' ? found.unchecked : ['I could not look for faults in the time that this page has.'];
  const isReachable = version.kind === 'done';
  const detail = version.kind === 'done' ? version.result : describeAbsence(version);
  const state = isReachable ? 'reachable' : version.kind === 'late' ? 'unknown' : 'unreachable';
  return { name: info.name, environment: info.environment, state, detail, ...found, unchecked };
}

function describeAbsence(
  version:
    | { readonly kind: 'late' }
    | { readonly kind: 'failed'; readonly error: Error & { readonly userMessage: string | undefined } },
): string {
  if (version.kind === 'late') return 'no answer yet';
  return version.error.userMessage ?? 'the API server does not answer';
}

function blank(info: ClusterInfo, state: HomeCluster['state'], detail: string): HomeCluster {
  const { name, environment } = info;
  return { name, environment, state, detail, findings: [], moreFindings: 0, unchecked: [] };
}

type Found = Pick<HomeCluster, 'findings' | 'moreFindings' | 'unchecked'>;

/** From the cache, which sees more than a person may: the authoriser is asked first. */
async function readFindings(
  connection: ClusterConnection,
  person: Principal,
  limitMs: number,
): Promise<Found> {
  const mayReadAll = await mayRead(connection, person, undefined);
  const snapshot = await connection.snapshots.snapshot(limitMs);
  const { causes, unchecked } = diagnose(snapshot, { kind: 'cluster' });
  const open = causes.filter(({ root }) => root.severity !== 'info');
  const readable = mayReadAll ? open : await readableCauses(connection, person, open);
  const findings = readable.map((cause) => toFinding(cause, connection.info.name)).toSorted(bySeverity);
  return {
    findings: findings.slice(0, SHOWN_FINDINGS),
    moreFindings: Math.max(0, findings.length - SHOWN_FINDINGS),
    unchecked: mayReadAll
      ? describeUnchecked(unchecked)
      : ['Only namespaces that Kubernetes lets you read are shown.'],
  };
}

async function readableCauses(
  connection: ClusterConnection,
  person: Principal,
  causes: readonly Cause[],
): Promise<readonly Cause[]> {
  const namespaces = [...new Set(causes.flatMap(({ root }) => root.subject.namespace ?? []))];
  const asked = namespaces.slice(0, ASKED_NAMESPACES);
  const rights = await Promise.all(asked.map((namespace) => mayRead(connection, person, namespace)));
  const readable = new Set(asked.filter((_, index) => rights[index] === true));
  return causes.filter(({ root }) => readable.has(root.subject.namespace ?? ''));
}

function toFinding({ root }: Cause, cluster: string): HomeFinding {
  const { kind, name, namespace } = root.subject;
  const words = [typedName({ kind, name })];
  const place = { cluster, ...(namespace !== undefined && { namespace }) };
  return {
    severity: root.severity,
    subject: formatObjectRef(root.subject),
    summary: root.summary,
    since: root.since,
    command: formatIntent({ kind: 'why', words, place }),
  };
}

function bySeverity(one: HomeFinding, other: HomeFinding): number {
  return SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity);
}

function describeUnchecked(unchecked: readonly Unchecked[]): readonly string[] {
  const lines = unchecked.slice(0, SHOWN_UNCHECKED).map(({ what, why }) => `Not checked: ${what} (${why}).`);
  const more = unchecked.length - lines.length;
  return more === 0 ? lines : [...lines, `Not checked either: ${more} more.`];
}
