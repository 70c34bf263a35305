import type { SoakEvent } from './event';

type WithoutTime<Event> = Event extends SoakEvent ? Omit<Event, 'at'> : never;

/** Keeps what happened. @param at - when it did. @default - now */
export type Note = (event: WithoutTime<SoakEvent>, at?: Date) => void;
