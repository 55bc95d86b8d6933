import { writeFileSync } from 'node:fs';
import { renderCommandDocs } from './render-command-docs.ts';

writeFileSync(new URL('../../docs/commands.md', import.meta.url), renderCommandDocs());
