import type { ReplyFile } from '@jamie/core';
import type { ReactNode } from 'react';
import { byPlace } from '../data/by-place.ts';
import { saveFile } from '../data/save-file.ts';

/** What was too long for a message: folded, to be read here or saved. */
export function ReplyFiles({ files }: { readonly files: readonly ReplyFile[] }): ReactNode {
  if (files.length === 0) return null;
  return (
    <section className="reply-files">
      {byPlace(files).map(([key, file]) => (
        <details key={key} className="reply-file">
          <summary>{file.title}</summary>
          <button type="button" className="button button-quiet" onClick={() => saveFile(document, file)}>
            Save {file.name}
          </button>
          <pre className="code">{file.text}</pre>
        </details>
      ))}
    </section>
  );
}
