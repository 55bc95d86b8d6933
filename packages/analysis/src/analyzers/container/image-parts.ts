/** The tag of an image reference; undefined where it has none. A registry's port is not a tag. */
export function tagOf(image: string): string | undefined {
  const [name = ''] = image.split('@');
  const last = name.slice(name.lastIndexOf('/') + 1);
  const colon = last.indexOf(':');
  return colon < 0 ? undefined : last.slice(colon + 1);
}

/** Whether an image reference names its content: it has a digest. */
export function isPinned(image: string): boolean {
  return image.includes('@');
}
