import type { Session } from './browser-pipe.ts';

/** In CSS px of the viewport. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
type Send = Session['send'];
/** What a page put into a drag, as the protocol hands it over and takes it back. */
interface DragData {
  items: { mimeType: string; data: string }[];
  dragOperationsMask: number;
}
/** A page that something is dragged across. */
export interface DragSurface {
  readonly session: Session;
  readonly send: Send;
  /** Whether the browser has begun a drag of its own since this was last asked. */
  isDragging(): Promise<boolean>;
  /** Waits for what is on its way, not for ever. */
  until(holds: () => boolean): Promise<void>;
}

/** Sent together, so that the page takes both as one; the press moves the pointer there. */
export function click(send: Send, point: Point): Promise<unknown> {
  const button = { ...point, button: 'left', clickCount: 1 } as const;
  return Promise.all([
    send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button }),
    send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button }),
  ]);
}

export function move(send: Send, point: Point, buttons = 0): Promise<unknown> {
  return mouse(send, 'mouseMoved', point, buttons);
}

/** @param deltaY in CSS px, down. */
export function turnWheel(send: Send, point: Point, deltaY: number): Promise<unknown> {
  return send('Input.dispatchMouseEvent', { type: 'mouseWheel', ...point, deltaX: 0, deltaY });
}

/** Presses at one point, moves and lets go at another; where the page begins a drag of the browser's own, drops there. */
export async function drag(
  { session, send, isDragging, until }: DragSurface,
  from: Point,
  to: Point,
): Promise<void> {
  let intercepted: DragData | undefined;
  const onIntercepted = ({ data }: { data: DragData }): void => void (intercepted = data);
  const along = (part: number): Point => ({
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
  });
  session.once('Input.dragIntercepted', onIntercepted);
  await send('Input.setInterceptDrags', { enabled: true });
  try {
    await move(send, from);
    await mouse(send, 'mousePressed', from, 1);
    for (const part of [0.05, 0.25, 0.5, 0.75, 1]) {
      if (intercepted) break;
      await move(send, along(part), 1);
      if (await isDragging()) await until(() => intercepted !== undefined);
    }
    if (!intercepted) return void (await mouse(send, 'mouseReleased', to));
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await send('Input.dispatchDragEvent', { type, ...to, data: intercepted });
  } finally {
    session.off('Input.dragIntercepted', onIntercepted);
    await send('Input.setInterceptDrags', { enabled: false });
  }
}

function mouse(
  send: Send,
  type: 'mouseMoved' | 'mousePressed' | 'mouseReleased',
  point: Point,
  buttons = 0,
): Promise<unknown> {
  const pressing = type === 'mouseMoved' && buttons === 0 ? {} : { button: 'left' as const };
  const clickCount = type === 'mouseMoved' ? 0 : 1;
  return send('Input.dispatchMouseEvent', { type, ...point, ...pressing, buttons, clickCount });
}
