/** How the ownership checks name places to the user: `p.first`, `t[0]`. */
import type { Body, Place } from '../mir.ts';

/** Up to the first step behind a reference. */
export function placeName(body: Body, place: Place, globalName: (global: number) => string): string {
  let text = place.root.kind === 'local' ? body.locals.get(place.root.local).name : globalName(place.root.global);
  if (text === '') text = '(expression temporary)';
  for (const projection of place.projections) {
    if (projection.kind === 'deref') break;
    if (projection.kind === 'field') text += `.${projection.name}`;
    else text += projection.index.kind === 'int' ? `[${projection.index.value}]` : '[…]';
  }
  return text;
}
