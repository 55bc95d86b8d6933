import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintRbac, renderRbac } from '@jamie/kubernetes';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { formatKubeconfig } from '../../control-plane/credentials.ts';

const SERVICE_ACCOUNT = { name: 'jamie-scarlet', namespace: 'jamie-scarlet' };

/** The name that the API server knows the service by. */
export const SERVICE_USER = `system:serviceaccount:${SERVICE_ACCOUNT.namespace}:${SERVICE_ACCOUNT.name}`;

export interface ServiceIdentity {
  /** The service's own kubeconfig; its context is `test`. */
  readonly kubeconfigPath: string;
  /** What `kubectl auth can-i --list` says that the service may do, one right a line, sorted. */
  rights(): Promise<string>;
}

/** Installs the service's rights as the product renders them, and nothing else, and logs in with them. */
export async function installService(
  controlPlane: ControlPlane,
  directory: string,
  identities: { readonly users: readonly string[]; readonly groups: readonly string[] },
): Promise<ServiceIdentity> {
  const text = renderRbac({ identities, serviceAccount: SERVICE_ACCOUNT });
  const problems = lintRbac(text);
  if (problems.length > 0) throw new Error(`the rendered rights are not minimal: ${problems.join('; ')}`);
  const { name, namespace } = SERVICE_ACCOUNT;
  await controlPlane.kubectl(['create', 'namespace', namespace]);
  await controlPlane.kubectl(['apply', '--server-side', '-f', '-'], text);
  const token = await controlPlane.kubectl(['create', 'token', name, `--namespace=${namespace}`]);
  const kubeconfigPath = join(directory, 'service.kubeconfig');
  writeFileSync(kubeconfigPath, formatKubeconfig(controlPlane, token.trim()), { mode: 0o600 });
  return {
    kubeconfigPath,
    async rights() {
      const listed = await controlPlane.kubectl([
        'auth',
        'can-i',
        '--list',
        '--no-headers',
        `--as=${SERVICE_USER}`,
        `--as-group=system:serviceaccounts`,
        `--as-group=system:authenticated`,
        '--namespace=default',
      ]);
      const lines = listed
        .split('\n')
        .map((line) => line.trim().replace(/\s{2,}/g, '  '))
        .filter((line) => line !== '');
      return `${lines.sort().join('\n')}\n`;
    },
  };
}
