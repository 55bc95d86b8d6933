import type { Installation } from '@jamie/core';
import type { SealedText } from '@jamie/runtime';
import { z } from 'zod';

/** An installation as it rests: the tokens are sealed, the rest may be read by whoever reads the database. */
export type StoredInstallation = Omit<Installation, 'botToken' | 'refreshToken'> & {
  readonly tokens: SealedText;
};

export const storedInstallationSchema: z.ZodType<StoredInstallation> = z.object({
  teamId: z.string(),
  teamName: z.string(),
  enterpriseId: z.string().exactOptional(),
  botUserId: z.string(),
  botId: z.string(),
  tokens: z.object({ keyId: z.string(), nonce: z.string(), tag: z.string(), ciphertext: z.string() }),
  expiresAt: z.number().exactOptional(),
  scopes: z.array(z.string()),
  installedBy: z.string(),
  installedAt: z.number(),
  version: z.int().min(1),
});
