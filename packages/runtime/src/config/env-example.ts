import { listAllVariables } from './concerns.ts';
import { listClientVariables } from './load-client-config.ts';

const HEADER = [
  '# Every variable that Jamie & Scarlet reads. All are optional: an empty environment starts everything on a demo',
  '# cluster. Values marked "secret" may also come from a file: set NAME_FILE to its path instead of NAME.',
];
const WIDTH = 108;

/** The text of `.env.example`: every variable with its description, none of them set. */
export function renderEnvExample(): string {
  const blocks = [...listAllVariables(), ...listClientVariables()].map((variable) => {
    const description = variable.secret ? `(secret) ${variable.description}` : variable.description;
    return [...wrap(description).map((line) => `# ${line}`), `#${variable.name}=`].join('\n');
  });
  return `${[HEADER.join('\n'), ...blocks].join('\n\n')}\n`;
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
