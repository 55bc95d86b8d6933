/** Why an image cannot be pulled, told from the runtime's message. */
export type PullFailure =
  | 'not_found'
  | 'unauthorised'
  | 'unreachable'
  | 'rate_limited'
  | 'invalid_name'
  | 'never_pulled'
  | 'unknown';

// Order matters: a registry that hides private repositories says "does not exist or may require authorization",
// and a rate limit may come with the words of a refusal.
const PATTERNS: readonly (readonly [PullFailure, RegExp])[] = [
  ['rate_limited', /too ?many ?requests|rate limit|\b429\b/i],
  [
    'unauthorised',
    /unauthori[sz]ed|authentication required|authorization failed|require authorization|access denied|denied:|\b40[13]\b|no basic auth credentials/i,
  ],
  ['not_found', /not found|manifest unknown|name unknown|does not exist|\b404\b/i],
  [
    'unreachable',
    /no such host|dial tcp|i\/o timeout|connection re(?:fused|set)|deadline exceeded|network is unreachable|no route to host|TLS handshake|x509|server misbehaving|\b50[0234]\b|\bEOF\b/i,
  ],
];

/** Tells the failures of one pull apart. `reason` is the container's waiting reason. */
export function classifyPullFailure(reason: string, message: string): PullFailure {
  if (reason === 'InvalidImageName') return 'invalid_name';
  if (reason === 'ErrImageNeverPull') return 'never_pulled';
  return PATTERNS.find(([, pattern]) => pattern.test(message))?.[0] ?? 'unknown';
}

/** The registry's host in an image reference; Docker Hub where none is written. */
export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const isHost = rest.length > 0 && (first.includes('.') || first.includes(':') || first === 'localhost');
  return isHost ? first : 'docker.io';
}
