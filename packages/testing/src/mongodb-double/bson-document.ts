/** A document as `bson` reads it: numbers promoted, binary data as Binary. */
export type BsonDocument = Record<string, unknown>;

/** Whether this is a document, and neither an array, nor a date, nor one of BSON's own classes. */
export function isDocument(value: unknown): value is BsonDocument {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A copy that shares no document and no array; values of BSON's classes are never changed, so they are shared. */
export function copyValue<Value>(value: Value): Value;
export function copyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => copyValue(element));
  if (!isDocument(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, copyValue(inner)]));
}

/** What stands at a dotted path, for a path that does not pass through an array; undefined when it is missing. */
export function valueAt(document: unknown, path: string): unknown {
  let value = document;
  for (const field of path.split('.')) {
    if (Array.isArray(value)) value = value[Number(field)];
    else if (isDocument(value) && Object.hasOwn(value, field)) value = value[field];
    else return undefined;
  }
  return value;
}

/** Puts a value at a dotted path of a document that may be changed, making documents on the way. */
export function setValueAt(document: BsonDocument, path: string, value: unknown): void {
  const fields = path.split('.');
  const last = fields.pop() ?? path;
  let target: BsonDocument | unknown[] = document;
  for (const field of fields) {
    const next = valueAt(target, field);
    const inner: BsonDocument | unknown[] = isDocument(next) || Array.isArray(next) ? next : {};
    if (inner !== next) setField(target, field, inner);
    target = inner;
  }
  setField(target, last, value);
}

/** The server fills an array up with null. */
function setField(target: BsonDocument | unknown[], field: string, value: unknown): void {
  if (!Array.isArray(target)) {
    target[field] = value;
    return;
  }
  while (target.length < Number(field)) target.push(null);
  target[Number(field)] = value;
}
