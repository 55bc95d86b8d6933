import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { judgeRight, type Right } from './judge-right.ts';

export interface RbacLintOptions {
  /** The addresses of Slack name the users, so that none can be listed. Default: users must be named. */
  readonly mayActAsAnyUser?: boolean;
}

const text = z.string();
const rule = z.strictObject({
  apiGroups: z.array(text),
  resources: z.array(text),
  verbs: z.array(text),
  resourceNames: z.array(text).optional(),
});
const metadata = z.strictObject({ name: text, namespace: text.optional() });
const apiVersion = z.literal('rbac.authorization.k8s.io/v1');
const document = z.discriminatedUnion('kind', [
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('ServiceAccount'),
    metadata,
    automountServiceAccountToken: z.literal(false),
  }),
  z.strictObject({ apiVersion, kind: z.literal('ClusterRole'), metadata, rules: z.array(rule) }),
  z.strictObject({
    apiVersion,
    kind: z.literal('ClusterRoleBinding'),
    metadata,
    roleRef: z.strictObject({ apiGroup: text, kind: z.literal('ClusterRole'), name: text }),
    subjects: z.array(z.strictObject({ kind: z.literal('ServiceAccount'), name: text, namespace: text })),
  }),
]);
type Document = z.output<typeof document>;

/**
 * What is wrong with the service's rights, one line each; empty when they are minimal. Refuses every form that it does
 * not know: aggregated roles, rules for URLs, subjects that are people or groups, and bindings to roles that stand
 * somewhere else, such as cluster-admin.
 */
export function lintRbac(yaml: string, options: RbacLintOptions = {}): readonly string[] {
  const readings = parseAllDocuments(yaml).map((parsed) => {
    const value: unknown = parsed.errors.length === 0 ? parsed.toJS({ maxAliasCount: 0 }) : undefined;
    return document.safeParse(value);
  });
  const unread = readings.flatMap((reading, index) =>
    reading.success ? [] : [`document ${index + 1}: ${reading.error.issues[0]?.message ?? 'is not RBAC'}`],
  );
  const documents = readings.flatMap((reading) => (reading.success ? [reading.data] : []));
  const problems = documents.flatMap((each) => {
    switch (each.kind) {
      case 'ClusterRole':
        return lintRole(each, options.mayActAsAnyUser ?? false);
      case 'ClusterRoleBinding':
        return lintBinding(each, documents);
      default:
        return [];
    }
  });
  return [...unread, ...problems];
}

function lintBinding(
  { metadata: at, roleRef, subjects }: Extract<Document, { kind: 'ClusterRoleBinding' }>,
  documents: readonly Document[],
): readonly string[] {
  const isHere = documents.some((each) => each.kind === 'ClusterRole' && each.metadata.name === roleRef.name);
  const strangers = subjects.filter(
    ({ name, namespace }) =>
      !documents.some(
        (each) =>
          each.kind === 'ServiceAccount' &&
          each.metadata.name === name &&
          each.metadata.namespace === namespace,
      ),
  );
  return [
    ...(isHere ? [] : [`${at.name}: binds ${roleRef.name}, which stands somewhere else`]),
    ...strangers.map(
      ({ name, namespace }) => `${at.name}: gives rights to ${namespace}/${name}, which is not the service`,
    ),
  ];
}

function lintRole(
  { metadata: at, rules }: Extract<Document, { kind: 'ClusterRole' }>,
  mayActAsAnyUser: boolean,
): readonly string[] {
  return rules.flatMap(rightsOf).flatMap((right) => {
    const why = judgeRight(right, mayActAsAnyUser);
    return why === undefined ? [] : [`${at.name}: ${right.verb} ${right.resource}: ${why}`];
  });
}

function rightsOf({ apiGroups, resources, verbs, resourceNames }: z.output<typeof rule>): readonly Right[] {
  const names = resourceNames === undefined ? {} : { names: resourceNames };
  return apiGroups.flatMap((group) =>
    resources.flatMap((resource) => verbs.map((verb) => ({ group, resource, verb, ...names }))),
  );
}
