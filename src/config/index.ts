export { defineConfig, SUITE_NAME, type Configuration } from './define-config.ts';
export { importFailure } from './import-failure.ts';
export { loadConfiguration, type LoadedConfiguration } from './load-config.ts';
export { placeInStack } from './place-in-stack.ts';
export { ownCode } from './own-code.ts';
export { runsFolder } from './runs-folder.ts';
export { reachedFiles } from './reached-files.ts';
