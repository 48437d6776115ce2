export { replayPage } from './replay-page.ts';
