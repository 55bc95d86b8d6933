/** SHA-256 of a UTF-8 text as 64 lowercase hexadecimal digits. Implemented in runtime with node:crypto. */
export type Digest = (text: string) => string;
