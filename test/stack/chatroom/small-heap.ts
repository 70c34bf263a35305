/**
 * With room to spare V8 collects late. In a small heap whatever piles up, if only for a while, is the end of the
 * process.
 */
export const smallHeap = '--max-old-space-size=80';

/**
 * What one malformed item may seem to leave behind for good. Anything that is kept of a frame, a request or a
 * connection is more; beneath it is code that is compiled late.
 */
export const bytesPerItem = 200;
