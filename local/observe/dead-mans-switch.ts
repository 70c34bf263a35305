import { z } from 'zod';
import type { Site } from '../site';
import type { SwitchMemory } from '../stand-ins/dead-mans-switch/watch';
import { getJson } from './get-json';

const memory = z.object({
  waitingSince: z.number(),
  heardAt: z.number().optional(),
  silentSince: z.number().optional(),
});

/** What the dead man's switch has heard, and whether it has raised the alarm. */
export async function switchMemory(site: Site): Promise<SwitchMemory> {
  return getJson(site.url('dead-mans-switch', '/memory'), memory);
}
