/** Somebody of the identity matrix: who they are in Slack and in Kubernetes, and what they may do there. */
export interface MatrixPerson {
  readonly slackId: string;
  readonly name: string;
  /** The user that the principals file maps them to; absent: the file does not name them. */
  readonly user?: string;
  /** Their confirmed address in Slack. */
  readonly email?: string;
  readonly traits?: { readonly isBot?: boolean; readonly isRestricted?: boolean; readonly teamId?: string };
  /** Role by namespace: `here`, `there`, or `*` for the whole cluster. */
  readonly roles: Readonly<Partial<Record<'here' | 'there' | '*', RoleName>>>;
}

export type RoleName = 'matrix-viewer' | 'matrix-scaler' | 'matrix-editor';

/** The columns of the matrix. */
export const MATRIX_PEOPLE = {
  viewer: person('UVERA', 'Vera', 'vera', { here: 'matrix-viewer' }),
  scaler: person('USAM', 'Sam', 'sam', { here: 'matrix-scaler' }),
  editor: person('UEDA', 'Eda', 'eda', { here: 'matrix-editor' }),
  editorOfBoth: person('UIDA', 'Ida', 'ida', { here: 'matrix-editor', there: 'matrix-editor' }),
  clusterReader: person('UCLEO', 'Cleo', 'cleo', { '*': 'matrix-viewer' }),
  byAddress: {
    slackId: 'ULIN',
    name: 'Lin',
    email: 'lin@example.com',
    roles: { here: 'matrix-editor' },
  },
  withoutRights: person('UNORA', 'Nora', 'nora', {}),
  removed: person('UREX', 'Rex', 'rex', { here: 'matrix-editor', there: 'matrix-editor' }),
  unmapped: { slackId: 'UUMA', name: 'Uma', roles: {} },
  guest: { ...person('UGUS', 'Gus', 'gus', { here: 'matrix-editor' }), traits: { isRestricted: true } },
  automation: { ...person('UBOTTY', 'Botty', 'botty', { here: 'matrix-editor' }), traits: { isBot: true } },
} as const satisfies Record<string, MatrixPerson>;

export type MatrixName = keyof typeof MATRIX_PEOPLE;

function person(slackId: string, name: string, user: string, roles: MatrixPerson['roles']) {
  return { slackId, name, user, roles } as const;
}

/** The Kubernetes user that somebody acts as; undefined for those who act as nobody. */
export function userOf(name: MatrixName): string | undefined {
  const { user, email }: MatrixPerson = MATRIX_PEOPLE[name];
  return user ?? email;
}

const READS = `
  - apiGroups: [""]
    resources: [pods, pods/log, services, events, configmaps, resourcequotas]
    verbs: [get, list, watch]
  - apiGroups: [apps]
    resources: [deployments, replicasets, statefulsets, daemonsets, deployments/scale, statefulsets/scale]
    verbs: [get, list, watch]`;

/** What each role allows, as Kubernetes reads it. */
export const MATRIX_ROLES = `
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: { name: matrix-viewer }
rules:${READS}
---
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: { name: matrix-scaler }
rules:${READS}
  - apiGroups: [apps]
    resources: [deployments/scale]
    verbs: [patch]
---
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: { name: matrix-editor }
rules:${READS}
  - apiGroups: [apps]
    resources: [deployments, deployments/scale]
    verbs: [patch]
`;
