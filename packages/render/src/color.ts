/** Whether to write colour. Apart from the renderer because the launcher asks too. */

/** True when a stream is a terminal that wants colour: NO_COLOR and FORCE_COLOR are honoured. */
export function wantsColor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true;
  return isTerminal && env['TERM'] !== 'dumb';
}
