import type { Lab } from '../measure/lab';
import { bare, chatroom } from './contenders';
import { Participant } from './participant';
import type { Turn } from './turn';

export interface RoundProps {
  readonly lab: Lab;
  readonly connections: number;
  /** How often each measurement is repeated, in turn with the other server. */
  readonly slices: number;
  /** Seconds that each of them lasts. */
  readonly seconds: number;
  readonly deliveriesPerSecond: number;
  /** Flags for the Node of the chat server. */
  readonly nodeFlags: readonly string[];
}

export interface Round {
  readonly ours: Turn;
  readonly theirs: Turn;
}

const measurements = ['measureLatency', 'measureSingle', 'measureBusy'] as const;

/**
 * Puts both servers side by side, each with its crowd, and measures them in short slices by turns: whatever else the
 * machine does meanwhile, it does to both.
 */
export async function round(props: RoundProps): Promise<Round> {
  const { nodeFlags, slices, ...common } = props;
  const ours = await Participant.enter({ ...common, contender: chatroom, nodeFlags });
  try {
    const theirs = await Participant.enter({ ...common, contender: bare, nodeFlags: [] });
    try {
      for (const measure of measurements) {
        for (let slice = 0; slice < slices; slice += 1) {
          // Who goes first changes, so that nobody always follows the other.
          const order = slice % 2 === 0 ? [ours, theirs] : [theirs, ours];
          for (const participant of order) await participant[measure]();
        }
      }
      return { ours: await ours.scraped(), theirs: theirs.turn };
    } finally {
      await theirs.leave();
    }
  } finally {
    await ours.leave();
  }
}
