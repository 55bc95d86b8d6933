import { OpsError } from '@jamie/core';
import { parsePolicyText, policyInvalid, readPolicyText, sha256 } from '@jamie/runtime';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { explainAutonomy } from '../render/explain-autonomy.ts';
import { explainDecision } from '../render/explain-decision.ts';
import { explainFreeze } from '../render/explain-freeze.ts';

/**
 * Adds `policy check`, `policy test` and `policy explain`: they read a policy file and need no running Jamie, so that a
 * change of the rules can be tried before it is merged.
 */
export function addPolicyCommands(program: Command, context: CommandContext): void {
  const policy = program.command('policy').summary('check, test and explain the rules of a team');
  policy
    .command('check <file>')
    .summary('say whether a policy file is valid, with every problem')
    .action(async (path: string) => {
      const { document, version } = await readPolicy(path);
      const { rules, freezes, maintenanceWindows, tests } = document;
      const counts = `${rules.length} rules, ${freezes.length} freezes, ${maintenanceWindows.length} windows, ${tests.length} tests`;
      context.terminal.writeOut(`${path} is valid: ${version} (${counts}).\n`);
    });
  policy
    .command('test <file>')
    .summary('run the tests that a policy brings along')
    .action(async (path: string) => {
      const { runPolicyTests } = await import('@jamie/policy/team');
      const results = runPolicyTests(await readPolicy(path));
      for (const { name, failures } of results) {
        const lines = failures.map((failure) => `      ${failure}\n`).join('');
        context.terminal.writeOut(`  ${failures.length === 0 ? 'passed' : 'FAILED'}  ${name}\n${lines}`);
      }
      const failed = results.filter(({ failures }) => failures.length > 0).length;
      context.terminal.writeOut(`${results.length - failed} passed, ${failed} failed\n`);
      if (results.length === 0) context.terminal.writeOut('The policy has no tests: nothing was tried.\n');
      if (failed > 0 || results.length === 0) context.end(EXIT_CODES.error);
    });
  addExplain(policy, context);
}

interface Given {
  readonly operation: readonly string[];
  readonly [name: string]: unknown;
}

function addExplain(policy: Command, context: CommandContext): void {
  policy
    .command('explain <file>')
    .summary('say how a change would be decided, and which rules decide')
    .requiredOption('--operation <kind...>', 'for example scale, or several in a row; or freeze or unfreeze')
    .option('--namespace <name>')
    .option('--cluster <name>')
    .option('--environment <name>', 'production, staging, development or demo')
    .option('--requester <user>')
    .option('--teams <name...>')
    .option('--images <image...>')
    .option('--current-replicas <number>', 'replicas now', Number)
    .option('--wanted-replicas <number>', 'replicas after the change', Number)
    .option('--ready-replicas <number>', 'ready now', Number)
    .option('--pods-affected <number>', 'pods that go or are replaced', Number)
    .option('--share <number>', 'their share of the ready pods of the namespace, 0 to 1', Number)
    .option('--services <name...>', 'Services in front of them')
    .option('--reverts', 'somebody else manages the object and would take the change back')
    .option('--at <time>', 'for example 2026-11-27T10:00:00Z')
    .action(async (path: string, { operation: operations, ...rest }: Given) => {
      const { decideByPolicy, factsOf, givenFactsSchema, toPolicyBook } = await import('@jamie/policy/team');
      const [first, ...further] = operations;
      if ((first === 'freeze' || first === 'unfreeze') && further.length === 0) {
        const { version, document } = await readPolicy(path);
        const asker = { user: String(rest['requester'] ?? 'ada'), teams: (rest['teams'] ?? []) as string[] };
        context.terminal.writeOut(explainFreeze(version, first === 'freeze', asker, document.freeze));
        return;
      }
      const given = givenFactsSchema.safeParse({ operations, ...rest });
      if (!given.success) {
        const problems = given.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
        throw new OpsError('invalid_input', 'the change to explain is not one', {
          userMessage: `That is no change that can be explained:\n  ${problems.join('\n  ')}`,
        });
      }
      const policyOfFile = await readPolicy(path);
      const explained = decideByPolicy(policyOfFile, factsOf(given.data));
      context.terminal.writeOut(explainDecision(policyOfFile.version, explained));
      const { namespace } = given.data;
      const autonomy = toPolicyBook(policyOfFile).autonomyOf(namespace);
      context.terminal.writeOut(explainAutonomy(namespace, autonomy));
    });
}

async function readPolicy(path: string) {
  const { compileTeamPolicy } = await import('@jamie/policy/team');
  const reading = compileTeamPolicy(await parsePolicyText(path, await readPolicyText(path)), sha256);
  if (reading.kind === 'invalid') throw policyInvalid(path, reading.problems);
  return reading.policy;
}
