import type { IncomingHttpHeaders } from 'node:http';
import type { Authorizer, User } from './authorizer.ts';
import { badRequest, done, forbidden, type Outcome, refused, unauthorized } from './status.ts';

/** Who asks, and as whom the request runs. */
export interface Caller {
  readonly user: User;
  readonly impersonated?: User;
}

const ANONYMOUS: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/** Reads the bearer token and the impersonation headers; an unknown token is 401, a missing right 403. */
export function authenticate(
  headers: IncomingHttpHeaders,
  tokens: ReadonlyMap<string, User>,
  authorizer: Authorizer,
): Outcome<Caller> {
  const user = userOf(headers.authorization, tokens);
  if (user === undefined) return refused(unauthorized());
  return impersonate(headers, user, authorizer);
}

function userOf(authorization: string | undefined, tokens: ReadonlyMap<string, User>): User | undefined {
  if (authorization === undefined) return ANONYMOUS;
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1]?.trim();
  return token === undefined ? undefined : tokens.get(token);
}

function impersonate(headers: IncomingHttpHeaders, user: User, authorizer: Authorizer): Outcome<Caller> {
  const name = valuesOf(headers['impersonate-user'])[0];
  const groups = valuesOf(headers['impersonate-group']);
  if (name === undefined) return groups.length === 0 ? done({ user }) : refused(groupsWithoutUser(groups));
  const wanted = [{ plural: 'users', name }, ...groups.map((group) => ({ plural: 'groups', name: group }))];
  for (const subject of wanted) {
    const question = { verb: 'impersonate', group: '', subresource: '', namespace: '', ...subject };
    if (authorizer.roleAllowing(user, question) === undefined) {
      return refused(cannotImpersonate(user, subject));
    }
  }
  const isAnonymous = name === ANONYMOUS.name;
  return done({
    user,
    impersonated: {
      name,
      groups: [...groups, isAnonymous ? 'system:unauthenticated' : 'system:authenticated'],
    },
  });
}

/** Node joins repeated headers with a comma and a space; Kubernetes names hold neither. */
function valuesOf(header: string | string[] | undefined): readonly string[] {
  if (header === undefined) return [];
  return (Array.isArray(header) ? header : header.split(', ')).filter((value) => value !== '');
}

function groupsWithoutUser(groups: readonly string[]): ReturnType<typeof badRequest> {
  const list = groups.map((group) => JSON.stringify(group)).join(', ');
  return badRequest(
    `requested &user.DefaultInfo{Name:"", UID:"", Groups:[]string{${list}}, Extra:map[string][]string(nil)} without impersonating a user name`,
  );
}

function cannotImpersonate(
  user: User,
  subject: { plural: string; name: string },
): ReturnType<typeof forbidden> {
  return forbidden(
    { group: '', plural: subject.plural },
    subject.name,
    `User "${user.name}" cannot impersonate resource "${subject.plural}" in API group "" at the cluster scope`,
  );
}
