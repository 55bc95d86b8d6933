import { randomBytes } from 'node:crypto';

/** Everybody who can log in, with their groups. `jamie` is the product; the last three are the team. */
export const USERS = {
  administrator: ['system:masters'],
  kubelet: ['system:masters'],
  'system:kube-controller-manager': [],
  'system:kube-scheduler': [],
  jamie: [],
  alice: ['payments-operators'],
  bob: ['payments-operators'],
  carol: [],
} as const satisfies Record<string, readonly string[]>;

export type UserName = keyof typeof USERS;

/** The name that the API server knows a user by: the control plane's own kubelet is told apart from people. */
function kubernetesName(user: UserName): string {
  return user === 'kubelet' ? 'control-plane:kubelet' : user;
}

export function createTokens(): Readonly<Record<UserName, string>> {
  const users = Object.keys(USERS) as UserName[];
  return Object.fromEntries(users.map((user) => [user, randomBytes(16).toString('hex')])) as Record<
    UserName,
    string
  >;
}

/** The API server's static token file: token, user, uid and groups, one user a line. */
export function formatTokenFile(tokens: Readonly<Record<UserName, string>>): string {
  return (Object.keys(USERS) as UserName[])
    .map((user) => `${tokens[user]},${kubernetesName(user)},uid-${user},"${USERS[user].join(',')}"\n`)
    .join('');
}

/** A kubeconfig with one context, called `test`. JSON is YAML. */
export function formatKubeconfig(server: { url: string; caData: string }, token: string): string {
  const certificateAuthority = Buffer.from(server.caData).toString('base64');
  return `${JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        { name: 'test', cluster: { server: server.url, 'certificate-authority-data': certificateAuthority } },
      ],
      users: [{ name: 'test', user: { token } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
      'current-context': 'test',
    },
    undefined,
    2,
  )}\n`;
}
