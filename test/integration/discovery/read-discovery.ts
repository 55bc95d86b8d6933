import type { ApiOperation } from '@jamie/kubernetes';

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly verbs: readonly string[] }[];
}

interface GroupList {
  readonly groups: readonly {
    readonly name: string;
    readonly versions: readonly { readonly version: string }[];
  }[];
}

/** Every verb on every resource and subresource that an API server's discovery documents list, in their order. */
export async function readDiscovery(
  get: (path: string) => Promise<unknown>,
): Promise<readonly ApiOperation[]> {
  const { groups } = (await get('/apis')) as GroupList;
  const places = groups.flatMap(({ name, versions }) =>
    versions.map(({ version }) => ({ group: name, version, path: `/apis/${name}/${version}` })),
  );
  const operations: ApiOperation[] = [];
  for (const { group, version, path } of [{ group: '', version: 'v1', path: '/api/v1' }, ...places]) {
    const { resources } = (await get(path)) as ResourceList;
    for (const { name, verbs } of resources) {
      const [resource = '', subresource] = name.split('/');
      for (const verb of verbs)
        operations.push({
          verb,
          group,
          version,
          resource,
          ...(subresource !== undefined && { subresource }),
        });
    }
  }
  return operations;
}

/** `patch apps/v1/deployments/scale`. */
export function nameOperation({ verb, group, version, resource, subresource }: ApiOperation): string {
  const place = group === '' ? version : `${group}/${version}`;
  return `${verb} ${place}/${resource}${subresource === undefined ? '' : `/${subresource}`}`;
}

const METHODS: Readonly<Record<string, string>> = {
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
};

/** A plain request for an operation, with the body that a careless client would send. */
export function plainRequest(operation: ApiOperation) {
  const { verb, group, version, resource, subresource } = operation;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const isWhole = verb === 'list' || verb === 'watch' || verb === 'deletecollection';
  const isNamed = !isWhole && (verb !== 'create' || subresource !== undefined);
  const path = `${root}/${resource}${isNamed ? '/x' : ''}${subresource === undefined ? '' : `/${subresource}`}`;
  const method = METHODS[verb] ?? 'GET';
  return {
    method,
    path,
    namespaced: path.replace(root, `${root}/namespaces/default`),
    ...(method !== 'GET' && { contentType: 'application/json', body: '{}' }),
  };
}
