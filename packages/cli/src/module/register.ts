/** `node --import kiln-lang/register app.js`: from then on `.mojo` files can be imported. */
import { register } from 'node:module';

register('./module-tools.cjs', import.meta.url);
