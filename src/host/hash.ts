import { createHash } from 'node:crypto';
import { canonicalJson } from '../protocol/index.ts';

/**
 * SHA-256 of a text or of bytes, as 64 hex digits.
 *
 * @example sha256('').slice(0, 8) // 'e3b0c442'
 */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * SHA-256 of a value's canonical JSON, as 64 hex digits: equal data, equal hash.
 *
 * @example hashOf({ a: 1, b: 2 }) === hashOf({ b: 2, a: 1 }) // true
 */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
