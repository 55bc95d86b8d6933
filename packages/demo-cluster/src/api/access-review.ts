import type { ApiRequest, Reply } from './api-request.ts';
import { actingUser, parseBody, replyJson, replyStatus } from './api-request.ts';
import type { Authorizer, User } from './authorizer.ts';
import { invalid, methodNotAllowed } from './status.ts';

interface ReviewSpec {
  readonly user?: string;
  readonly groups?: readonly string[];
  readonly resourceAttributes?: {
    readonly namespace?: string;
    readonly verb?: string;
    readonly group?: string;
    readonly resource?: string;
    readonly subresource?: string;
    readonly name?: string;
  };
  readonly nonResourceAttributes?: { readonly path?: string; readonly verb?: string };
}

const KINDS: Readonly<Record<string, string>> = {
  subjectaccessreviews: 'SubjectAccessReview',
  selfsubjectaccessreviews: 'SelfSubjectAccessReview',
};

/** Answers (self) subject access reviews from the roles; undefined for any other resource of the group. */
export function answerAccessReview(
  authorizer: Authorizer,
  request: ApiRequest,
  plural: string,
): Reply | undefined {
  const kind = KINDS[plural];
  if (kind === undefined) return undefined;
  if (request.method !== 'POST') return replyStatus(methodNotAllowed());
  const body = parseBody(request, kind);
  if (body.kind === 'refused') return replyStatus(body.status);
  const spec = (body.value['spec'] ?? {}) as ReviewSpec;
  const isSelf = kind === 'SelfSubjectAccessReview';
  if (!isSelf && (spec.user ?? '') === '' && (spec.groups ?? []).length === 0) {
    return replyStatus(
      invalid({ group: 'authorization.k8s.io', kind }, '', [
        {
          reason: 'FieldValueInvalid',
          message: 'Invalid value: "": at least one of user or group must be specified',
          field: 'spec.user',
        },
      ]),
    );
  }
  const subject: User = isSelf
    ? actingUser(request.caller)
    : { name: spec.user ?? '', groups: spec.groups ?? [] };
  const status = decide(authorizer, subject, spec);
  const review = { kind, apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec, status };
  return replyJson(review, 201);
}

function decide(authorizer: Authorizer, subject: User, spec: ReviewSpec): object {
  const { resourceAttributes: asked, nonResourceAttributes: path } = spec;
  if (asked === undefined) {
    return { allowed: authorizer.allowsPath(subject, path?.verb ?? '', path?.path ?? '') };
  }
  const role = authorizer.roleAllowing(subject, {
    verb: asked.verb ?? '',
    group: asked.group ?? '',
    plural: asked.resource ?? '',
    subresource: asked.subresource ?? '',
    namespace: asked.namespace ?? '',
    name: asked.name ?? '',
  });
  if (role === undefined) return { allowed: false };
  const reason = `RBAC: allowed by ClusterRoleBinding "${role}" of ClusterRole "${role}" to the caller`;
  return { allowed: true, reason };
}
