// @ts-check

/**
 * @typedef {object} LaneOutput
 * @property {(text: string) => void} write
 * @property {() => void} endSection what was written since the last one is a whole, and shown as one
 * @property {() => void} close nothing more will come
 */

/**
 * Shares one output among lanes of work that run side by side, so that each section can be read in one piece. The first
 * lane is shown as it goes. Sections of the others are held back until it is between two of its own; once it is closed,
 * the next lane is shown as it goes.
 *
 * @param {number} count of lanes
 * @param {(text: string) => void} show
 * @returns {readonly LaneOutput[]}
 */
export function shareOutput(count, show) {
  /** Whole sections, to be shown as soon as may be. @type {string[]} */
  const ended = [];
  const lanes = Array.from({ length: count }, () => ({ held: '', isOpen: true }));
  const shown = () => lanes.find(({ isOpen }) => isOpen);
  const showEnded = () => show(ended.splice(0).join(''));

  return lanes.map((lane) => ({
    write: (text) => {
      if (lane === shown()) show(text);
      else lane.held += text;
    },
    endSection: () => {
      if (lane === shown()) return showEnded();
      ended.push(lane.held);
      lane.held = '';
    },
    close: () => {
      const wasShown = lane === shown();
      lane.isOpen = false;
      if (!wasShown) return;
      showEnded();
      const next = shown();
      if (!next) return;
      show(next.held);
      next.held = '';
    },
  }));
}
