import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  JSONRPCNotificationSchema,
  JSONRPCRequestSchema,
  ListToolsRequestSchema,
  type CallToolResult,
  type JSONRPCMessage,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { packageVersion } from '../package-root.ts';
import { toolInput } from './json-schemas.ts';
import { assertModest, MOST_TOLD } from './message-json.ts';
import { ResetOptionsSchema, type Offer } from './offer.ts';
import { asOpenEnvError, type Result, type TaskSession } from './task-session.ts';

/** The SDK takes what does not fit a handler's schema for a fault of its own, and checks calls of tools itself: as invalid params. */
const ToolCallSchema = z.object({ method: z.literal('tools/call'), params: z.unknown() });

/** A session's tools over the Model Context Protocol: the environment's actions, `reset` and `observe`. */
export function createMcpServer(session: TaskSession, offer: Offer): Server {
  const { environment } = offer;
  const server = new Server(
    { name: `lamarck/${environment.name}`, version: packageVersion },
    {
      capabilities: { tools: {} },
      instructions:
        'Call reset to begin a task; its instruction is in metadata.instruction. Act by the other tools until done is true: reward is the verdict.',
    },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: toolsOf(offer) }));
  server.setRequestHandler(ToolCallSchema, async (request): Promise<CallToolResult> => {
    const { name, arguments: given = {} } = CallToolRequestSchema.parse(request).params;
    try {
      assertModest(given);
      if (name === 'reset') return answer(await session.reset(given));
      if (name === 'observe') return answer(await session.observe());
      return answer(await session.step({ [name]: given }));
    } catch (error) {
      const { openEnvCode, message } = asOpenEnvError(error, 'EXECUTION_ERROR');
      return {
        isError: true,
        content: [{ type: 'text', text: `${openEnvCode}: ${message.slice(0, MOST_TOLD)}` }],
      };
    }
  });
  return server;
}

/** Answers one JSON-RPC request without a connection, as OpenEnv carries them; a notification wants no answer, and has none. */
export async function answerRpc(request: unknown, session: TaskSession, offer: Offer): Promise<unknown> {
  if (JSONRPCNotificationSchema.safeParse(request).success) return undefined;
  const parsed = JSONRPCRequestSchema.safeParse(request);
  if (!parsed.success) return rpcError(ErrorCode.InvalidRequest, z.prettifyError(parsed.error));
  const [near, far] = InMemoryTransport.createLinkedPair();
  const answered = Promise.withResolvers<JSONRPCMessage>();
  near.onmessage = answered.resolve;
  const server = createMcpServer(session, offer);
  await server.connect(far);
  await near.start();
  await near.send(parsed.data);
  try {
    return await answered.promise;
  } finally {
    await server.close();
  }
}

export function rpcError(code: number, message: string): unknown {
  return { jsonrpc: '2.0', id: null, error: { code, message } };
}

function toolsOf({ environment, families }: Offer): Tool[] {
  const names = families.map(({ name }) => name).join(', ');
  return [
    {
      name: 'reset',
      description: `Begin a task, and give up the one before. Equal seeds give equal tasks. Families: ${names}.`,
      inputSchema: toolInput(ResetOptionsSchema),
    },
    { name: 'observe', description: 'Look again, without acting.', inputSchema: toolInput(z.object({})) },
    ...Object.entries(environment.actions).map(([name, schema]) => ({
      name,
      description: schema.description ?? `The action "${name}". ${environment.description}`.trim(),
      inputSchema: toolInput(schema),
    })),
  ];
}

function answer({ observation }: Result): CallToolResult {
  return {
    content: [{ type: 'text', text: JSON.stringify(observation) }],
    structuredContent: observation,
  };
}
