export { serveEnvironment, type EnvironmentServer } from './environment-server.ts';
export { serveStdio } from './mcp-stdio.ts';
export { createOffer } from './offer.ts';
