import type { Resource } from '../store/resources.ts';

/** A Status as the API server sends it. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: object;
  readonly status: 'Failure' | 'Success';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  readonly code?: number;
}

interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** One violated rule of a field. */
export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

/** A failure with the code that is also the HTTP status. */
export interface Failure extends Status {
  readonly status: 'Failure';
  readonly message: string;
  readonly code: number;
}

/** Either a value, or the Status that refuses it. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly status: Failure };

export function done<T>(value: T): Outcome<T> {
  return { kind: 'done', value };
}

export function refused(status: Failure): { readonly kind: 'refused'; readonly status: Failure } {
  return { kind: 'refused', status };
}

type Named = Pick<Resource, 'group' | 'plural'>;

function failure(
  code: number,
  reason: string | undefined,
  message: string,
  details?: StatusDetails,
): Failure {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === undefined ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  };
}

function detailsOf(resource: Named, name: string): StatusDetails {
  return {
    ...(name === '' ? {} : { name }),
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
  };
}

function qualified(group: string, word: string): string {
  return group === '' ? word : `${word}.${group}`;
}

export function notFound(resource: Named, name: string): Failure {
  const message = `${qualified(resource.group, resource.plural)} "${name}" not found`;
  return failure(404, 'NotFound', message, detailsOf(resource, name));
}

/** The path names no resource that is served. */
export function noSuchResource(): Failure {
  return failure(404, 'NotFound', 'the server could not find the requested resource', {});
}

export function alreadyExists(resource: Named, name: string): Failure {
  const message = `${qualified(resource.group, resource.plural)} "${name}" already exists`;
  return failure(409, 'AlreadyExists', message, detailsOf(resource, name));
}

/** The resourceVersion that the caller read is not the stored one. */
export function modified(resource: Named, name: string): Failure {
  return unfulfilled(
    resource,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

/** An apply names the object that it means by its uid, and there is none. */
export function uidWithoutObject(resource: Named, name: string, uid: string): Failure {
  const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
  return unfulfilled(resource, name, why);
}

function unfulfilled(resource: Named, name: string, why: string): Failure {
  const message = `Operation cannot be fulfilled on ${qualified(resource.group, resource.plural)} "${name}": ${why}`;
  return failure(409, 'Conflict', message, detailsOf(resource, name));
}

/** Fields of an apply belong to other managers. */
export function applyConflict(what: string, causes: readonly StatusCause[]): Failure {
  return failure(409, 'Conflict', `Apply failed with ${what}`, { causes });
}

/** An apply configuration does not fit the schema of its kind. The API server gives no reason for it. */
export function notTypable(object: string, why: string): Failure {
  return failure(500, undefined, `failed to create typed patch object (${object}): ${why}`);
}

/** The uid that an apply names is not that of the object. */
export function fieldImmutable(
  resource: Pick<Resource, 'group' | 'kind'>,
  name: string,
  uid: string,
): Failure {
  const message = `Invalid value: ${JSON.stringify(uid)}: field is immutable`;
  return invalid(resource, name, [{ reason: 'FieldValueInvalid', message, field: 'metadata.uid' }]);
}

/** A precondition of a deletion does not hold. */
export function preconditionFailed(resource: Resource, name: string, why: string): Failure {
  const message = `Operation cannot be fulfilled on ${qualified(resource.group, resource.kind)} "${name}": ${why}`;
  return failure(409, 'Conflict', message, detailsOf({ group: resource.group, plural: resource.kind }, name));
}

export function badRequest(message: string): Failure {
  return failure(400, 'BadRequest', message);
}

export function unauthorized(): Failure {
  return failure(401, 'Unauthorized', 'Unauthorized');
}

/** Forbidden by the authoriser (`why` in its words) or by an admission plugin. */
export function forbidden(resource: Named, name: string, why: string): Failure {
  const subject = qualified(resource.group, resource.plural);
  const message = `${subject}${name === '' ? '' : ` "${name}"`} is forbidden: ${why}`;
  return failure(403, 'Forbidden', message, detailsOf(resource, name));
}

export function forbiddenPath(why: string): Failure {
  return failure(403, 'Forbidden', `forbidden: ${why}`, {});
}

/** The object breaks rules of its fields. */
export function invalid(
  kind: Pick<Resource, 'group' | 'kind'>,
  name: string,
  causes: readonly StatusCause[],
): Failure {
  const texts = causes.map((cause) => `${cause.field}: ${cause.message}`);
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const message = `${qualified(kind.group, kind.kind)} "${name}" is invalid: ${list}`;
  return failure(422, 'Invalid', message, {
    ...(name === '' ? {} : { name }),
    ...(kind.group === '' ? {} : { group: kind.group }),
    kind: kind.kind,
    causes,
  });
}

/** A patch that cannot be applied to the object, a failed `test` among them. */
export function patchRejected(): Failure {
  return failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}

export function unsupportedMediaType(): Failure {
  return failure(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
}

export function methodNotAllowed(): Failure {
  return failure(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

/** The version is older than the history that is kept. */
export function expired(message: string): Failure {
  return failure(410, 'Expired', message);
}

/** The version is newer than the cluster's own. */
export function tooLargeResourceVersion(wanted: number, current: number): Failure {
  return failure(504, 'Timeout', `Timeout: Too large resource version: ${wanted}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });
}

export function tooManyRequests(message: string, details: StatusDetails): Failure {
  return failure(429, 'TooManyRequests', message, details);
}

export function internalError(message: string): Failure {
  return failure(500, 'InternalError', `Internal error occurred: ${message}`, {
    causes: [{ reason: '', message }],
  });
}

/** A real API server does this, the demo cluster does not. Never a false success. */
export function notImplemented(what: string): Failure {
  return failure(501, 'NotImplemented', `the demo cluster does not support ${what}`, {});
}

export function success(details: StatusDetails): Status {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}
