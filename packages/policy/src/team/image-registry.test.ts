import { describe, expect, it } from '@jest/globals';
import { isFromRegistry } from './image-registry.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('isFromRegistry', () => {
  it.each([
    ['registry.example.com/shop/cart:1.4', 'registry.example.com/'],
    ['registry.example.com/shop/cart:1.4', 'registry.example.com'],
    [`registry.example.com/shop/cart:1.4@${DIGEST}`, 'registry.example.com/shop/'],
    [`registry.example.com/shop/cart@${DIGEST}`, 'registry.example.com/shop/cart'],
    ['registry.example.com:5000/cart', 'registry.example.com:5000/'],
    ['localhost/cart', 'localhost/'],
    ['nginx', 'docker.io/'],
    ['nginx:1.29', 'docker.io/library/'],
    ['docker.io/nginx', 'docker.io/library/nginx'],
    ['index.docker.io/acme/web:2', 'docker.io/acme/'],
    ['acme/web:2', 'acme/'],
    ['acme/web:2', 'acme/web'],
    ['nginx:1.29', 'nginx'],
  ])('takes %s where %s is allowed', (image, registry) => {
    expect(isFromRegistry(image, registry)).toBe(true);
  });

  it.each([
    ['registry.example.com.evil.io/cart:1', 'registry.example.com'],
    ['registry.example.com:5000/cart:1', 'registry.example.com'],
    ['registry.example.com-evil.io/cart:1', 'registry.example.com'],
    ['registry.example.com/shopping/cart', 'registry.example.com/shop'],
    ['evil.io/registry.example.com/cart', 'registry.example.com/'],
    ['registry.example.com', 'registry.example.com/'],
    ['acme/web', 'docker.io/library/'],
    ['nginx', 'registry.example.com/'],
    ['nginx-evil', 'nginx'],
    ['', 'docker.io/acme/'],
    ['REGISTRY.example.com/cart', 'registry.example.com/'],
  ])('does not take %s where %s is allowed', (image, registry) => {
    expect(isFromRegistry(image, registry)).toBe(false);
  });
});
