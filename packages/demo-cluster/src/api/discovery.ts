import { apiVersionOfResource, RESOURCES, type Resource } from '../store/resources.ts';
import type { Reply } from './api-request.ts';
import { replyJson, replyStatus } from './api-request.ts';
import { METRICS_GROUP, METRICS_RESOURCES, METRICS_VERSION } from './metrics.ts';
import { noSuchResource, notImplemented } from './status.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const REVIEW_GROUP = 'authorization.k8s.io';
const SERVED_VERSION = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3',
  gitCommit: 'unknown',
  gitTreeState: 'clean',
  buildDate: '2026-07-22T18:07:38Z',
  goVersion: 'go1.26.8',
  compiler: 'gc',
  platform: 'linux/amd64',
};

/** Answers health, version and discovery paths; anything else that is no resource is 404 or 501. */
export function answerPath(path: string, address: string): Reply {
  const plain = path.replace(/\/$/, '');
  if (/^\/(healthz|livez|readyz)(\/|$)/.test(plain)) return { kind: 'text', code: 200, body: 'ok' };
  if (plain === '/version') return replyJson(SERVED_VERSION);
  if (plain === '/api') {
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
    return replyJson({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs });
  }
  if (plain === '/apis')
    return replyJson({ kind: 'APIGroupList', apiVersion: 'v1', groups: groupNames().map(groupOf) });
  if (plain === '/api/v1') return replyJson(resourceList('', 'v1'));
  const [, group = '', version] = /^\/apis\/([^/]+)(?:\/([^/]+))?$/.exec(plain) ?? [];
  if (groupNames().includes(group)) return answerGroup(group, version);
  if (plain.startsWith('/openapi')) return replyStatus(notImplemented('OpenAPI documents'));
  return { kind: 'text', code: 404, body: '404 page not found\n' };
}

function answerGroup(group: string, version: string | undefined): Reply {
  if (version === undefined) return replyJson({ kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) });
  if (version !== versionOf(group)) return replyStatus(noSuchResource());
  return replyJson(resourceList(group, version));
}

function groupNames(): readonly string[] {
  const groups = new Set(RESOURCES.map((resource) => resource.group).filter((group) => group !== ''));
  return [...groups, REVIEW_GROUP, METRICS_GROUP];
}

function versionOf(group: string): string {
  if (group === METRICS_GROUP) return METRICS_VERSION;
  return RESOURCES.find((resource) => resource.group === group)?.version ?? 'v1';
}

function groupOf(name: string): object {
  const version = versionOf(name);
  const preferred = { groupVersion: `${name}/${version}`, version };
  return { name, versions: [preferred], preferredVersion: preferred };
}

function resourceList(group: string, version: string): object {
  const served = RESOURCES.filter((resource) => resource.group === group && resource.version === version);
  const resources = served.flatMap(entriesOf);
  if (group === REVIEW_GROUP) resources.push(...reviews());
  if (group === METRICS_GROUP) resources.push(...METRICS_RESOURCES);
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

function entriesOf(resource: Resource): readonly object[] {
  const { plural, singular, namespaced, kind, shortNames, categories } = resource;
  const main = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: VERBS,
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
  };
  return [main, ...resource.subresources.map((name) => subresourceOf(resource, name))];
}

function subresourceOf(resource: Resource, name: Resource['subresources'][number]): object {
  const base = { name: `${resource.plural}/${name}`, singularName: '', namespaced: resource.namespaced };
  if (name === 'scale') {
    const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
    return { ...base, ...scale, verbs: ['get', 'patch', 'update'] };
  }
  if (name === 'eviction') {
    return { ...base, group: 'policy', version: 'v1', kind: 'Eviction', verbs: ['create'] };
  }
  if (name === 'log') return { ...base, kind: 'Pod', verbs: ['get'] };
  return { ...base, kind: resource.kind, verbs: ['get', 'patch', 'update'] };
}

function reviews(): readonly object[] {
  return ['SelfSubjectAccessReview', 'SubjectAccessReview'].map((kind) => ({
    name: `${kind.toLowerCase()}s`,
    singularName: kind.toLowerCase(),
    namespaced: false,
    kind,
    verbs: ['create'],
  }));
}

/** The kind and apiVersion of a resource's lists. */
export function listTypeOf(resource: Resource): { readonly kind: string; readonly apiVersion: string } {
  return { kind: `${resource.kind}List`, apiVersion: apiVersionOfResource(resource) };
}
