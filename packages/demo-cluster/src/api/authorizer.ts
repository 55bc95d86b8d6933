import type { RequestTarget, ResourceTarget } from './request-target.ts';
import type { Role, Rule } from './roles.ts';
import { type Failure, forbidden, forbiddenPath } from './status.ts';

/** Who sends a request, or on whose behalf it runs. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

/** The resource attributes of a question to the authoriser. */
export type Attributes = Pick<
  ResourceTarget,
  'verb' | 'group' | 'plural' | 'subresource' | 'namespace' | 'name'
>;

/** Answers from roles as data. Pure; nothing is allowed that no rule allows. */
export class Authorizer {
  readonly #roles: readonly Role[];

  constructor(roles: readonly Role[]) {
    this.#roles = roles;
  }

  /** The name of a role that allows it, or undefined. */
  roleAllowing(user: User, attributes: Attributes): string | undefined {
    return this.#rolesOf(user).find((role) => role.rules.some((rule) => covers(rule, attributes)))?.name;
  }

  allowsPath(user: User, verb: string, path: string): boolean {
    return this.#rolesOf(user).some((role) => role.rules.some((rule) => coversPath(rule, verb, path)));
  }

  /** The 403 for a request, or undefined when it is allowed. */
  refuse(user: User, target: RequestTarget): Failure | undefined {
    if (target.kind === 'path') {
      if (this.allowsPath(user, target.verb, target.path)) return undefined;
      return forbiddenPath(`User "${user.name}" cannot ${target.verb} path "${target.path}"`);
    }
    if (this.roleAllowing(user, target) !== undefined) return undefined;
    return forbidden(target, target.name, denialOf(user.name, target));
  }

  #rolesOf(user: User): readonly Role[] {
    return this.#roles.filter(
      (role) =>
        role.users?.includes(user.name) || role.userGroups?.some((group) => user.groups.includes(group)),
    );
  }
}

/** The authoriser's sentence: who cannot do what where. */
function denialOf(userName: string, attributes: Attributes): string {
  const resource =
    attributes.subresource === '' ? attributes.plural : `${attributes.plural}/${attributes.subresource}`;
  const scope =
    attributes.namespace === '' ? 'at the cluster scope' : `in the namespace "${attributes.namespace}"`;
  return `User "${userName}" cannot ${attributes.verb} resource "${resource}" in API group "${attributes.group}" ${scope}`;
}

function covers(rule: Rule, attributes: Attributes): boolean {
  const { plural, subresource } = attributes;
  const resources = subresource === '' ? [plural] : [`${plural}/${subresource}`, `*/${subresource}`];
  return (
    includes(rule.verbs, attributes.verb) &&
    includes(rule.groups, attributes.group) &&
    resources.some((resource) => includes(rule.resources, resource)) &&
    (rule.resourceNames === undefined || rule.resourceNames.includes(attributes.name)) &&
    (rule.namespaces === undefined || rule.namespaces.includes(attributes.namespace))
  );
}

function coversPath(rule: Rule, verb: string, path: string): boolean {
  return (
    includes(rule.verbs, verb) &&
    (rule.paths ?? []).some((allowed) =>
      allowed.endsWith('*') ? path.startsWith(allowed.slice(0, -1)) : path === allowed,
    )
  );
}

function includes(allowed: readonly string[] | undefined, wanted: string): boolean {
  return allowed !== undefined && (allowed.includes('*') || allowed.includes(wanted));
}
