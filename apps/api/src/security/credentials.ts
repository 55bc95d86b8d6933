import { equalSecrets, sha256 } from '@jamie/runtime';

/** What a request shows to be let in. */
interface ShownCredentials {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
}

/** Decides who is let in, and what a browser carries once it was. */
export interface Credentials {
  /** Whether this is the start-up token. Takes the same time for every wrong one. */
  isToken(token: string): boolean;
  isKnown(shown: ShownCredentials): boolean;
  /** The Set-Cookie header that signs a browser in until it is closed. */
  readonly cookie: string;
}

/**
 * Makes the credentials of one start. The cookie carries a digest of the token, not the token, and bears the port in
 * its name, because browsers share cookies between all ports of a host.
 */
export function createCredentials(token: string, port: number): Credentials {
  const cookieName = `jamie_session_${port}`;
  const session = sha256(`jamie session of ${token}`);
  const isToken = (candidate: string): boolean => equalSecrets(candidate, token);
  return {
    isToken,
    cookie: `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`,
    isKnown({ authorization, cookie }) {
      const bearer = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
      if (bearer !== undefined) return isToken(bearer);
      const shown = readCookie(cookie ?? '', cookieName);
      return shown !== undefined && equalSecrets(shown, session);
    },
  };
}

function readCookie(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}
