export { defineConfig, type Configuration } from './define-config.ts';
export { loadConfiguration, type LoadedConfiguration } from './load-config.ts';
