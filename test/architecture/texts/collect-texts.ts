import ts from 'typescript';

/** A text in the sources that people can read. `…` stands for what is only known when the program runs. */
export interface Text {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  /** The first line of a reply, which alone carries the point. */
  readonly isHeadline: boolean;
}

export const UNKNOWN = '…';

/** Attributes of the page's markup that no person reads. */
const CODE_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['className', 'class', 'id', 'htmlFor', 'key', 'type', 'role', 'href', 'src', 'rel', 'target', 'method'],
  ...['d', 'viewBox', 'points', 'fill', 'stroke', 'xmlns', 'style', 'autoComplete', 'inputMode'],
]);

/** The functions whose first argument is a headline, and where they are called. */
const REPLIERS = 'packages/agents/';
const HEADLINE_CALLS: ReadonlySet<string> = new Set(['answer', 'refusal', 'asking']);

/** Every text of one source file that people can read: what is prose and not in a place that only code looks at. */
export function collectTexts(path: string, content: string): readonly Text[] {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true, kind);
  const headlines = new Set(findHeadlines(source));
  const texts: Text[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined && (headlines.has(node) || (isProse(text, node) && !isForCode(node)))) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      texts.push({ path, line: line + 1, text, isHeadline: headlines.has(node) });
    }
    // The pieces of a template are read as one text, but what stands in its gaps has texts of its own.
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isJsxText(node)) return node.text.replaceAll(/\s+/g, ' ').trim();
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  const rest = node.templateSpans.map((span) => `${UNKNOWN}${span.literal.text}`);
  return [node.head.text, ...rest].join('');
}

/** Words, as opposed to names and keys: several of them, one with a capital, or the end of a sentence. */
function isProse(text: string, node: ts.Node): boolean {
  if (!/[a-z]{2}/i.test(text)) return false;
  return (
    ts.isJsxText(node) || /[A-Za-z,.;:)] +["(]?[A-Za-z…]/.test(text) || /^[A-Z][a-z]+[.!?…]?$/.test(text)
  );
}

function isForCode(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isCaseClause(parent) ||
    ts.isElementAccessExpression(parent) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBinaryExpression(parent) && isComparison(parent.operatorToken.kind)) ||
    isCodeAttribute(node)
  );
}

function isComparison(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    kind === ts.SyntaxKind.ExclamationEqualsEqualsToken ||
    kind === ts.SyntaxKind.InKeyword
  );
}

function isCodeAttribute(node: ts.Node): boolean {
  const attribute = ts.findAncestor(node, ts.isJsxAttribute);
  if (attribute === undefined) return false;
  const name = attribute.name.getText();
  return CODE_ATTRIBUTES.has(name) || name.startsWith('data-');
}

/** The literals that become the first line of a reply, as far as they stand in this file. */
function findHeadlines(source: ts.SourceFile): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const isReplier = source.fileName.startsWith(REPLIERS);
    if (isReplier && ts.isCallExpression(node) && HEADLINE_CALLS.has(node.expression.getText(source))) {
      const [first] = node.arguments;
      if (first !== undefined) found.push(...literalsOf(first, source));
    }
    if (ts.isObjectLiteralExpression(node)) found.push(...headlineOfReply(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** An object with a tone and a headline is a reply; a plan has a headline too, which is a title. */
function headlineOfReply(node: ts.ObjectLiteralExpression, source: ts.SourceFile): readonly ts.Node[] {
  const members = new Map(node.properties.map((member) => [member.name?.getText(source), member]));
  const headline = members.get('headline');
  if (!members.has('tone') || headline === undefined || members.has('planId')) return [];
  if (ts.isShorthandPropertyAssignment(headline)) return literalsOf(headline.name, source);
  return ts.isPropertyAssignment(headline) ? literalsOf(headline.initializer, source) : [];
}

/** How many names are followed from a headline to the literals that it is made of. */
const MAX_STEPS = 3;

function literalsOf(node: ts.Expression, source: ts.SourceFile, steps = MAX_STEPS): readonly ts.Node[] {
  if (textOf(node) !== undefined) return [node];
  const follow = (next: ts.Expression) => literalsOf(next, source, steps);
  if (ts.isParenthesizedExpression(node)) return follow(node.expression);
  if (ts.isConditionalExpression(node)) return [...follow(node.whenTrue), ...follow(node.whenFalse)];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
    return [...follow(node.left), ...follow(node.right)];
  const name = ts.isCallExpression(node) ? node.expression : node;
  if (!ts.isIdentifier(name) || steps === 0) return [];
  return valuesOf(name.text, source).flatMap((value) => literalsOf(value, source, steps - 1));
}

/** What a constant of this file is set to, or what a function of this file returns. */
function valuesOf(name: string, source: ts.SourceFile): readonly ts.Expression[] {
  const values: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isVariableDeclaration(node) &&
      node.name.getText(source) === name &&
      node.initializer !== undefined
    )
      values.push(node.initializer);
    if (ts.isFunctionDeclaration(node) && node.name?.text === name) values.push(...returnsOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return values;
}

function returnsOf(declaration: ts.FunctionDeclaration): readonly ts.Expression[] {
  const returned: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression !== undefined) returned.push(node.expression);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  if (declaration.body !== undefined) ts.forEachChild(declaration.body, visit);
  return returned;
}
