const DEFAULT_REGISTRY = 'docker.io';
/** What Docker Hub is called, too. */
const ALIASES: ReadonlySet<string> = new Set(['index.docker.io', 'registry-1.docker.io']);
/** Where Docker Hub keeps images whose name has no owner. */
const OFFICIAL = 'library';

/**
 * Whether an image comes from a registry, or a part of one, that a policy names. Whole parts of the path are compared,
 * so that `registry.example.com` is neither `registry.example.com.evil.io` nor another port of the same host. Short
 * names are read as the container runtime reads them: `nginx` is `docker.io/library/nginx`
 * (distribution/reference, `ParseDockerRef`). Pure and total.
 */
export function isFromRegistry(image: string, registry: string): boolean {
  const repository = fullName(withoutVersion(image));
  const isPart = registry.endsWith('/');
  const named = isPart ? registry.slice(0, -1) : registry;
  const wanted = isHost(named) && !named.includes('/') ? canonicalHost(named) : fullName(named, isPart);
  return repository === wanted || repository.startsWith(`${wanted}/`);
}

/** An image reference without its digest and its tag. */
function withoutVersion(image: string): string {
  const name = image.split('@')[0] ?? '';
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

/** With the host that the runtime would ask. `isOwner`: a single word is an owner on Docker Hub, not an image. */
function fullName(name: string, isOwner = false): string {
  const [first = '', ...rest] = name.split('/');
  if (rest.length > 0 && isHost(first)) {
    const host = canonicalHost(first);
    const isOfficial = host === DEFAULT_REGISTRY && rest.length === 1 && !isOwner;
    return [host, ...(isOfficial ? [OFFICIAL] : []), ...rest].join('/');
  }
  const isOfficial = rest.length === 0 && !isOwner;
  return [DEFAULT_REGISTRY, ...(isOfficial ? [OFFICIAL] : []), name].join('/');
}

function isHost(part: string): boolean {
  return part.includes('.') || part.includes(':') || part === 'localhost';
}

function canonicalHost(host: string): string {
  return ALIASES.has(host) ? DEFAULT_REGISTRY : host;
}
