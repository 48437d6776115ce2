export { hashOf, sha256 } from './hash.ts';
export { createPermits, mapWithPermits, type Permits } from './permits.ts';
export { callWithin, isOverdue, overdue, settleWithin, type Bounded } from './time-limit.ts';
