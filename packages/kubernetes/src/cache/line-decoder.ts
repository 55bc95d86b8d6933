import { OpsError } from '@jamie/core';

const NEWLINE = 0x0a;

/**
 * Cuts a byte stream into lines, whatever way it was cut into chunks. A line is decoded when all its bytes are
 * there, so that a character split over chunks stays whole. Throws `unavailable` for a line beyond `maxBytes`.
 */
export class LineDecoder {
  readonly #maxBytes: number;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The lines that this chunk completes, without their newline; empty lines are left out. */
  push(chunk: Uint8Array): readonly string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end));
      if (this.#pendingBytes > 0) lines.push(this.#take());
      start = end + 1;
    }
    if (start < chunk.byteLength) this.#keep(chunk.subarray(start));
    return lines;
  }

  #keep(part: Uint8Array): void {
    this.#pendingBytes += part.byteLength;
    if (this.#pendingBytes > this.#maxBytes) {
      throw new OpsError('unavailable', 'a watch sent a line that is too long', {
        details: { maxBytes: this.#maxBytes },
      });
    }
    this.#pending.push(part);
  }

  #take(): string {
    const [only] = this.#pending;
    const bytes =
      this.#pending.length === 1 && only !== undefined
        ? only
        : Buffer.concat(this.#pending, this.#pendingBytes);
    this.#pending = [];
    this.#pendingBytes = 0;
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  }
}
