/** The edition a package states: `edition = "classic"` in a `kiln.toml` in the file's folder or above it. */
import type { Host } from './host.ts';
import type { Edition } from './options.ts';

/** Relative paths have no end upwards; packages are not nested this deep. */
const HIGHEST = 16;

export function findPackageEdition(host: Host, folder: string): Edition | null {
  let current = folder;
  for (let level = 0; level < HIGHEST; level++) {
    const file = host.join(current, 'kiln.toml');
    const bytes = host.kindOf(file) === 'file' ? host.readFile(file) : null;
    // The nearest file decides, whether it states an edition or not.
    if (bytes !== null) return statedEdition(new TextDecoder().decode(bytes));
    const parent = host.join(current, '..');
    if (parent === current) return null;
    current = parent;
  }
  return null;
}

function statedEdition(text: string): Edition | null {
  const value = /^[ \t]*edition[ \t]*=[ \t]*["'](classic|1)["'][ \t]*(?:#.*)?\r?$/m.exec(text)?.[1];
  return value === 'classic' || value === '1' ? value : null;
}
