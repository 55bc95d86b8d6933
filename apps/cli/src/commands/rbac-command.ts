import { OpsError } from '@jamie/core';
import { impersonatedIdentities, parsePrincipals, readPrincipalsText, WITHOUT_FILE } from '@jamie/runtime';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

interface RbacOptions {
  readonly principals?: string;
  readonly serviceAccount: string;
  readonly namespace: string;
  readonly user?: readonly string[];
  readonly anyUser?: boolean;
}

const HEADER = `# The rights of the service itself, for kubectl apply -f -. Made by \`jamie rbac\`; make it anew when the principals
# file names other users or groups. docs/identity.md explains each rule.
`;

/**
 * Adds `rbac`: prints the rights that the service needs in a cluster to act as the people of a principals file. Needs
 * no running Jamie and asks no cluster.
 */
export function addRbacCommand(program: Command, context: CommandContext): void {
  program
    .command('rbac')
    .summary('print the rights that the service itself needs in a cluster')
    .option(
      '--principals <file>',
      'the principals file; without it only the local person and self-healing are known',
    )
    .option('--service-account <name>', 'the service account of the service', 'jamie-scarlet')
    .option('--namespace <name>', 'the namespace of the service account', 'jamie-scarlet')
    .option('--user <name...>', 'users beyond those that the file names, for confirmed addresses')
    .option('--any-user', 'let it act as every user name, where confirmed addresses cannot be listed')
    .action(async (options: RbacOptions) => {
      // Heavy, and no other command needs it.
      const { renderRbac } = await import('@jamie/kubernetes');
      const identities = await identitiesOf(options);
      const serviceAccount = { name: options.serviceAccount, namespace: options.namespace };
      context.terminal.writeOut(HEADER + renderRbac({ identities, serviceAccount }));
    });
}

async function readPrincipals(path: string) {
  return parsePrincipals(path, await readPrincipalsText(path));
}

async function identitiesOf({ principals, user = [], anyUser }: RbacOptions) {
  const named = impersonatedIdentities(
    principals === undefined ? WITHOUT_FILE : await readPrincipals(principals),
  );
  if (anyUser === true) return { users: 'any' as const, groups: named.groups };
  if (named.hasFurtherUsers && user.length === 0) {
    throw new OpsError('invalid_input', 'the users of a principals file cannot be listed', {
      userMessage:
        'The principals file lets confirmed e-mail addresses in, so the users that Jamie acts as cannot be listed from it. Name them with --user ada@example.com bob@example.com, or allow every user name with --any-user (docs/identity.md says what that means).',
    });
  }
  return { users: [...named.users, ...user], groups: named.groups };
}
