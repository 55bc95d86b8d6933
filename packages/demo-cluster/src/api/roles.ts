/** What a bound subject may do. `*` stands for anything. */
export interface Rule {
  readonly verbs: readonly string[];
  readonly groups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  /** Absent: everywhere, cluster scope included. */
  readonly namespaces?: readonly string[];
  /** Non-resource paths; `*` at the end matches a prefix. */
  readonly paths?: readonly string[];
}

/** Rules and who has them: role and binding in one. */
export interface Role {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly users?: readonly string[];
  readonly userGroups?: readonly string[];
}

export const JAMIE_USER = 'jamie';
const READ = ['get', 'list', 'watch'];
const OPERATED_NAMESPACES = ['payments', 'shop', 'platform', 'data', 'default'];

/**
 * The roles of the demo company. `jamie` reads and impersonates; people act through `jamie-operators` (change
 * workloads outside kube-system) or `jamie-viewers` (read only).
 */
export const DEMO_ROLES: readonly Role[] = [
  {
    name: 'cluster-admin',
    rules: [
      { verbs: ['*'], groups: ['*'], resources: ['*'] },
      { verbs: ['*'], paths: ['*'] },
    ],
    userGroups: ['system:masters'],
  },
  {
    name: 'system:public-info-viewer',
    rules: [{ verbs: ['get'], paths: ['/healthz', '/livez', '/readyz', '/version', '/version/'] }],
    userGroups: ['system:authenticated', 'system:unauthenticated'],
  },
  {
    name: 'system:basic-user',
    rules: [
      { verbs: ['get'], paths: ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*'] },
      {
        verbs: ['create'],
        groups: ['authorization.k8s.io'],
        resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
      },
    ],
    userGroups: ['system:authenticated'],
  },
  {
    name: 'jamie',
    rules: [
      { verbs: READ, groups: ['*'], resources: ['*'] },
      { verbs: ['create'], groups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'] },
      { verbs: ['impersonate'], groups: [''], resources: ['users'] },
      {
        verbs: ['impersonate'],
        groups: [''],
        resources: ['groups'],
        resourceNames: ['jamie-operators', 'jamie-viewers', 'system:authenticated'],
      },
    ],
    users: [JAMIE_USER],
  },
  {
    name: 'jamie-viewers',
    rules: [{ verbs: READ, groups: ['*'], resources: ['*'] }],
    userGroups: ['jamie-viewers'],
  },
  {
    name: 'jamie-operators',
    rules: [
      { verbs: READ, groups: ['*'], resources: ['*'] },
      {
        verbs: ['create', 'update', 'patch', 'delete'],
        groups: ['', 'apps', 'autoscaling', 'batch', 'networking.k8s.io', 'policy'],
        resources: ['*'],
        namespaces: OPERATED_NAMESPACES,
      },
      { verbs: ['patch'], groups: [''], resources: ['nodes'] },
    ],
    userGroups: ['jamie-operators'],
  },
];
