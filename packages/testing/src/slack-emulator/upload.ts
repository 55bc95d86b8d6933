import type { EmulatedFile, SlackWorkspace } from './workspace.ts';

/** What comes to an upload URL. */
export interface Upload {
  readonly ticket: string;
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

const PATH = /^\/upload\/v1\/([A-Za-z0-9]+)$/;

export function uploadPath(ticket: string): string {
  return `/upload/v1/${ticket}`;
}

/** The ticket in the path of an upload URL; undefined for any other path. */
export function uploadTicketOf(path: string): string | undefined {
  return PATH.exec(path)?.[1];
}

/**
 * Takes a file's bytes, raw or as a multipart form, without a token: the URL is the permission and works once. Only
 * status 200 is success.
 */
export function takeUpload(
  workspaces: readonly SlackWorkspace[],
  upload: Upload,
): { readonly status: number; readonly text: string } {
  const files = workspaces.flatMap((workspace) => [...workspace.files.values()]);
  const file = files.find(({ ticket }) => ticket === upload.ticket);
  if (file === undefined) return { status: 404, text: 'not found' };
  if (file.status !== 'announced') return { status: 400, text: 'the URL was used' };
  const bytes = bytesOf(upload);
  if (bytes.length !== file.expectedBytes) {
    return { status: 400, text: `expected ${file.expectedBytes} bytes, not ${bytes.length}` };
  }
  receive(file, bytes);
  return { status: 200, text: `OK - ${bytes.length}` };
}

function receive(file: EmulatedFile, bytes: Buffer): void {
  file.status = 'uploaded';
  file.bytes = bytes;
  file.text = bytes.toString('utf8');
}

/** The body itself, or the first part of a multipart form. */
function bytesOf({ contentType, body }: Upload): Buffer {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/.exec(contentType ?? '')?.[1];
  if (boundary === undefined) return body;
  const from = body.indexOf('\r\n\r\n') + 4;
  return body.subarray(from, body.indexOf(`\r\n--${boundary}`, from));
}
