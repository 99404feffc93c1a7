// Swiping: towards the start of a line goes on, towards its end goes back, as pages of a book are turned.
// Nothing is held up: a finger that scrolls, selects, zooms or starts at the screen's edge is left to the browser.

const LEAST_PIXELS = 60;
const MOST_MILLISECONDS = 700;
/** The phone's own gesture for Back begins here. */
const EDGE_PIXELS = 24;

const isAtEdge = ({ clientX }) => clientX < EDGE_PIXELS || clientX > innerWidth - EDGE_PIXELS;
const isZoomed = () => (visualViewport?.scale ?? 1) > 1.05;

/** Whether from one touch to another is a clear swipe; 1 towards the right, -1 towards the left, 0 if it is none. */
export function direction(from, to) {
  const across = to.clientX - from.clientX;
  const down = to.clientY - from.clientY;
  const isClear = Math.abs(across) >= LEAST_PIXELS && Math.abs(across) > 2 * Math.abs(down);
  return isClear && to.time - from.time <= MOST_MILLISECONDS ? Math.sign(across) : 0;
}

const place = (event) => {
  const { clientX, clientY } = event.changedTouches[0];
  return { clientX, clientY, time: event.timeStamp, top: scrollY };
};

/** Calls onward or backward at a swipe on an element, whichever way its writing runs. */
export function listenForSwipes(element, onward, backward, options) {
  let from = null;
  const start = (event) => {
    const isFree = event.touches.length === 1 && !isZoomed() && !event.target.closest("textarea, input[type=text]");
    from = isFree && !isAtEdge(event.touches[0]) ? place(event) : null;
  };
  const end = (event) => {
    const way = from && direction(from, place(event));
    const hasScrolled = from?.top !== scrollY;
    from = null;
    if (!way || hasScrolled || !getSelection().isCollapsed) return;
    const onwardWay = getComputedStyle(element).direction === "rtl" ? 1 : -1;
    (way === onwardWay ? onward : backward)();
  };
  element.addEventListener("touchstart", start, { passive: true, ...options });
  element.addEventListener("touchend", end, { passive: true, ...options });
  element.addEventListener("touchcancel", () => (from = null), { passive: true, ...options });
}
