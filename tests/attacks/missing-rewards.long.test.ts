import './missing-rewards.test.ts';
