import type { TokenCheck } from './token-desk.ts';
import type { EmulatedFile } from './workspace.ts';

const PATH = /^\/files-pri\/(?<team>[A-Z0-9]+)-(?<id>[A-Z0-9]+)(?:\/download)?\/[^/]+$/;

/** What a private URL of a file answers. */
export interface FileAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Whether a path is the private URL of a file. */
export function isFilePath(path: string): boolean {
  return PATH.test(path);
}

/**
 * Answers a private URL: the bytes for a bot token of the file's workspace with `files:read`; for anybody else, as Slack
 * does, a redirect to the page where people log in.
 */
export function answerFile(path: string, check: TokenCheck | undefined): FileAnswer {
  const { team = '', id = '' } = PATH.exec(path)?.groups ?? {};
  const isLetIn =
    check?.kind === 'bot' && check.workspace.teamId === team && check.workspace.scopes.has('files:read');
  if (!isLetIn) return { status: 302, headers: { location: '/login-page' }, body: '' };
  const file = check.workspace.files.get(id);
  if (file?.status !== 'completed') return { status: 404, headers: {}, body: 'File not found' };
  return { status: 200, headers: { 'content-type': typeOf(file) }, body: file.bytes };
}

/** Slack serves what people have uploaded as something that no browser runs. */
function typeOf({ name }: EmulatedFile): string {
  return /\.(png|jpg|pdf)$/i.test(name) ? 'application/octet-stream' : 'text/plain; charset=utf-8';
}
