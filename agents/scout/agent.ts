/** A scout with what its ancestors learned: a policy for pages, costs and helpers for programs, and skills. */
import { defineAgent } from 'lamarck/agent';
import costs from './costs.json' with { type: 'json' };
import mendOrder from './mend-order.json' with { type: 'json' };
import policy from './policy.json' with { type: 'json' };
import { createScout } from './scout.ts';
import { skills } from './skills/index.ts';
import { library } from './skills/library/index.ts';

export default defineAgent({ machine: createScout({ policy, costs, library, skills, mendOrder }) });
