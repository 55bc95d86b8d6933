import { writeFileSync } from 'node:fs';
import { renderCommandDocs } from './render-command-docs.ts';
import { renderDetectionDocs } from './render-detection-docs.ts';

writeFileSync(new URL('../../docs/commands.md', import.meta.url), renderCommandDocs());
writeFileSync(new URL('../../docs/detections.md', import.meta.url), renderDetectionDocs());
