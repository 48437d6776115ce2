export { playTask } from './play-task.ts';
