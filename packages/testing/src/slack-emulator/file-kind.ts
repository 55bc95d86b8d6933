/** What Slack takes a file for. */
export interface FileKind {
  readonly mimetype: string;
  readonly filetype: string;
}

const TEXT: FileKind = { mimetype: 'text/plain', filetype: 'text' };

/** By the end of the name; everything else is text. */
const KINDS: Readonly<Record<string, FileKind>> = {
  csv: { mimetype: 'text/csv', filetype: 'csv' },
  jpg: { mimetype: 'image/jpeg', filetype: 'jpg' },
  json: { mimetype: 'application/json', filetype: 'json' },
  md: { mimetype: 'text/markdown', filetype: 'markdown' },
  pdf: { mimetype: 'application/pdf', filetype: 'pdf' },
  png: { mimetype: 'image/png', filetype: 'png' },
  svg: { mimetype: 'image/svg+xml', filetype: 'svg' },
  yaml: { mimetype: 'text/yaml', filetype: 'yaml' },
};

/** What Slack takes a file of this name for. */
export function fileKindOf(name: string): FileKind {
  return KINDS[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? TEXT;
}
