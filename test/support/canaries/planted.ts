import { aCanary, aTokenCanary, type Canary } from './canary.ts';

/** Every canary of one run, by where it is planted. */
export function plantCanaries() {
  return {
    secretData: aCanary('Secret data'),
    envPassword: aCanary('env DB_PASSWORD'),
    envApiKey: aCanary('env STRIPE_API_KEY'),
    envUrl: aCanary('env DATABASE_URL'),
    argument: aCanary('argument --password='),
    argumentPair: aCanary('argument after --db-password'),
    lastApplied: aCanary('last-applied annotation'),
    annotation: aCanary('annotation vault.token'),
    configMap: aCanary('ConfigMap value'),
    logBearer: aCanary('log: bearer'),
    logJwt: aCanary('log: JWT'),
    logAwsKey: aTokenCanary('log: AWS key id', 'AKIA', 16),
    logPem: aCanary('log: PEM'),
    logPemTail: aCanary('log: end of a PEM'),
    logJson: aCanary('log: JSON'),
    logLogfmt: aCanary('log: logfmt'),
    logUrl: aCanary('log: URL'),
    logEscapes: aCanary('log: torn by escapes'),
    event: aCanary('event message'),
    podStatus: aCanary('pod status message'),
    invalidBody: aCanary('422 of the API server'),
    forbiddenBody: aCanary('403 of the API server'),
    plainBody: aCanary('500 of the API server'),
    kubeconfig: aCanary('kubeconfig token'),
    brokenKubeconfig: aCanary('broken kubeconfig token'),
    typedSentence: aTokenCanary('typed sentence', 'ghp_', 36),
    typedCommand: aCanary('typed command'),
    typedReason: aTokenCanary('typed reason', 'glpat-', 20),
  } as const satisfies Readonly<Record<string, Canary>>;
}

export type PlantedCanaries = ReturnType<typeof plantCanaries>;

/** A Deployment that carries secrets where people put them; `revision` makes another template. */
export function leakyDeployment(
  name: string,
  planted: PlantedCanaries,
  revision: number,
  hasSecret: boolean,
): unknown {
  const labels = { app: name };
  const applied = { spec: { env: [{ name: 'API_TOKEN', value: planted.lastApplied.value }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      labels,
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied),
        'vault.token': planted.annotation.value,
      },
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels,
          annotations: { 'vault.token': planted.annotation.value, revision: `${revision}` },
        },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'registry.example/shop/web:1.0.0',
              args: [
                `--password=${planted.argument.value}${revision}`,
                '--db-password',
                planted.argumentPair.value,
              ],
              env: [
                { name: 'DB_PASSWORD', value: `${planted.envPassword.value}${revision}` },
                { name: 'STRIPE_API_KEY', value: planted.envApiKey.value },
                {
                  name: 'DATABASE_URL',
                  value: `postgres://app:${planted.envUrl.value}${revision}@db/orders`,
                },
                { name: 'REVISION', value: `${revision}` },
              ],
              envFrom: [
                { configMapRef: { name: `${name}-config` } },
                ...(hasSecret ? [{ secretRef: { name: `${name}-secret` } }] : []),
              ],
              resources: { requests: { cpu: '1m', memory: '1Mi' } },
            },
          ],
        },
      },
    },
  };
}

/** What every container writes, in the shapes in which programs write secrets. */
export function leakyLog(planted: PlantedCanaries): string {
  const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
  const body = (canary: Canary) => `MIIE${canary.value}`.padEnd(64, 'aB3');
  return [
    body(planted.logPemTail),
    body(planted.logPemTail),
    '-----END RSA PRIVATE KEY-----',
    'starting',
    `GET /v1/orders Authorization: Bearer ${planted.logBearer.value}`,
    `session ${header}.eyJzdWIiOiIxIn0.${planted.logJwt.value}`,
    `aws credentials ${planted.logAwsKey.value} are used`,
    `2026-01-15T12:00:00Z -----BEGIN RSA PRIVATE KEY-----`,
    `2026-01-15T12:00:00Z ${body(planted.logPem)}`,
    `2026-01-15T12:00:01Z ${body(planted.logPem)}`,
    '2026-01-15T12:00:01Z -----END RSA PRIVATE KEY-----',
    JSON.stringify({ level: 'error', msg: 'login failed', password: planted.logJson.value }),
    `level=error msg="no route" db_password=${planted.logLogfmt.value}`,
    `dial tcp: postgres://app:${planted.logUrl.value}@db:5432/orders refused`,
    `\u001b[31mpass\u001b[0mword=${planted.logEscapes.value}`,
    ...Array.from({ length: 80 }, (_, index) => `ERROR retry ${index} token=${planted.logLogfmt.value}`),
    'panic: giving up',
    '',
  ].join('\n');
}
