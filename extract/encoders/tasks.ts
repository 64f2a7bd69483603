// Windows of one call -> tasks of workers.
import type { Window } from './onnx.ts'

/** Pieces that a worker takes at once: enough to hide the message, few enough to spread a document over all workers. */
const PIECES_A_TASK = 512

/** Cuts `windows` into tasks of about equal work, in order. */
export function cutTasks(windows: readonly Window[]): Window[][] {
  const tasks: Window[][] = []
  let room = 0
  for (const window of windows) {
    if (room <= 0) {
      tasks.push([])
      room = PIECES_A_TASK
    }
    tasks.at(-1)!.push(window)
    room -= Math.max(...Object.values(window).map(({ length }) => length))
  }
  return tasks
}
