import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { listAllVariables } from './concerns.ts';
import { loadConfig } from './load-config.ts';

const ROOT = new URL('../../../../', import.meta.url);

/** As much of the Compose specification as the file uses; a key that is not here is a mistake. */
const serviceSchema = z.strictObject({
  image: z
    .string()
    .regex(/:[\w.-]+$/, 'names a version')
    .exactOptional(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).exactOptional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).exactOptional(),
  env_file: z.array(z.strictObject({ path: z.string(), required: z.boolean() })).exactOptional(),
  environment: z.record(z.string(), z.string()).exactOptional(),
  ports: z.array(z.string()).exactOptional(),
  volumes: z.array(z.string()).exactOptional(),
  command: z.array(z.string()).exactOptional(),
  profiles: z.array(z.string()).exactOptional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({
        condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']),
        required: z.boolean().exactOptional(),
      }),
    )
    .exactOptional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      timeout: z.string(),
      retries: z.number(),
    })
    .exactOptional(),
});
const composeSchema = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
});

const text = readFileSync(new URL('docker-compose.yml', ROOT), 'utf8');
const compose = composeSchema.parse(parse(text));
const { services, volumes } = compose;
const { jamie, redis, mongo } = services;

describe('docker-compose.yml', () => {
  it('sets nothing but variables that the program reads, and they make a configuration', () => {
    const environment = jamie?.environment ?? {};
    const known = listAllVariables().map(({ name }) => name);
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    expect(loadConfig(environment)).toMatchObject({ redis: { url: 'redis://redis:6379' }, dataDir: '/data' });
  });

  it('starts a Redis that throws nothing away and writes everything down', () => {
    expect(redis?.command?.join(' ')).toBe(
      'redis-server --appendonly yes --appendfsync everysec --maxmemory-policy noeviction',
    );
    expect(redis?.volumes).toContain('redis-data:/data');
  });

  it('starts a MongoDB that has transactions', () => {
    expect(mongo?.command).toContain('--replSet');
    expect(mongo?.command).toContain('transactionLifetimeLimitSeconds=10');
    expect(services['mongo-init']?.command?.at(-1)).toContain('rs.initiate');
  });

  it('waits for MongoDB in the profile that has one, where the address that it names makes a configuration', () => {
    expect([mongo?.profiles, services['mongo-init']?.profiles]).toEqual([['full'], ['full']]);
    // Absent without the profile, so that it is not waited for then.
    expect(jamie?.depends_on?.['mongo-init']).toEqual({
      condition: 'service_completed_successfully',
      required: false,
    });
    const [url = ''] = /mongodb:\/\/\S+(?= in \.env)/.exec(text) ?? [];
    expect(loadConfig({ ...jamie?.environment, MONGODB_URL: url }).mongodb).toMatchObject({ url });
  });

  it('opens the program to this machine only, and its servers to nobody', () => {
    expect(jamie?.ports).toEqual(['127.0.0.1:8000:8000']);
    const open = Object.entries(services).filter(([, service]) => service.ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(['jamie']);
  });

  it('names only services, volumes and files that are there', () => {
    const used = Object.values(services);
    const named = used.flatMap((service) =>
      (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? ''),
    );
    expect(named.toSorted()).toEqual(Object.keys(volumes).toSorted());
    expect(used.flatMap((service) => Object.keys(service.depends_on ?? {}))).toEqual([
      ...['redis', 'mongo-init', 'mongo'],
    ]);
    expect(existsSync(new URL(jamie?.build?.dockerfile ?? 'none', ROOT))).toBe(true);
  });

  it('starts a model only when it is asked for', () => {
    expect(services['ollama']?.profiles).toEqual(['model']);
  });
});
