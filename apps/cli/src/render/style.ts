import { styleText } from 'node:util';

/** Emphasis for people; every function returns its text unchanged where colour is not wanted. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
}

type Format = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** Makes the style of a terminal. */
export function createStyle(isColoured: boolean): Style {
  const paint = (format: Format) => (text: string) =>
    isColoured ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    good: paint('green'),
    bad: paint('red'),
    warn: paint('yellow'),
  };
}
