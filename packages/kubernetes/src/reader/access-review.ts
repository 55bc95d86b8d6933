import { type AccessAnswer, type AccessQuery, KINDS, type KubernetesIdentity, OpsError } from '@jamie/core';
import { parseJson } from './parse-object.ts';

export const ACCESS_REVIEW_PATH = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
/** Impersonated requests carry it by themselves; a review must be told, or it judges somebody with fewer rights. */
const AUTHENTICATED = 'system:authenticated';

/** The SubjectAccessReview that asks the cluster's own authoriser. */
export function accessReviewOf(identity: KubernetesIdentity, query: AccessQuery): string {
  const { group, version, plural } = KINDS[query.target.kind];
  const groups = identity.groups.includes(AUTHENTICATED)
    ? identity.groups
    : [...identity.groups, AUTHENTICATED];
  return JSON.stringify({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: {
      user: identity.user,
      groups,
      resourceAttributes: {
        verb: query.verb,
        group,
        version,
        resource: plural,
        name: query.target.name,
        ...(query.target.namespace === undefined ? {} : { namespace: query.target.namespace }),
        ...(query.subresource === undefined ? {} : { subresource: query.subresource }),
      },
    },
  });
}

/** Reads the authoriser's answer. Anything but a clear yes is a no. */
export function parseAccessReview(text: string): AccessAnswer {
  const review = parseJson(text) as {
    status?: { allowed?: unknown; denied?: unknown; reason?: unknown };
  } | null;
  const status = review?.status;
  if (typeof status?.allowed !== 'boolean') {
    throw new OpsError('unavailable', 'the access review has no answer', {
      details: { path: ACCESS_REVIEW_PATH },
    });
  }
  const allowed = status.allowed && status.denied !== true;
  const reason = typeof status.reason === 'string' ? status.reason : '';
  return {
    allowed,
    reason: reason === '' ? (allowed ? 'allowed' : 'no rule of the cluster allows it') : reason,
  };
}
