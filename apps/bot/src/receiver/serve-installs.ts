import type { Logger } from '@jamie/core';
import { randomToken, systemClock } from '@jamie/runtime';
import { createInstallDesk, createInstallServer, type InstallDesk, type Receiver } from '@jamie/slack';
import type { ThreadStorage } from './open-thread-storage.ts';
import type { InstallSettings } from './thread-messages.ts';

/** The desk at which the app is installed, on the thread's own connection. */
export function openInstallDesk(
  settings: InstallSettings,
  storage: Pick<ThreadStorage, 'openInstallations'>,
  logger: Logger,
  onInstalled: (teamId: string) => void,
): InstallDesk {
  const { credentialsKey } = settings;
  return createInstallDesk({
    ...settings,
    installations: storage.openInstallations(credentialsKey),
    clock: systemClock,
    logger,
    makeToken: randomToken,
    onInstalled,
  });
}

/** A receiver over a socket, with a server of its own for the pages of an installation. */
export function withInstallServer(
  receiver: Receiver,
  desk: InstallDesk,
  { port, host }: InstallSettings,
): Receiver & { readonly port: number } {
  const server = createInstallServer({ desk, port, ...(host === undefined ? {} : { host }) });
  let isListening = false;
  return {
    get port() {
      return server.port;
    },
    async start() {
      // A socket that could not be opened is tried again; the pages need not wait for it.
      if (!isListening) await server.start();
      isListening = true;
      await receiver.start();
    },
    async stop() {
      if (isListening) await server.stop();
      await receiver.stop();
    },
  };
}
