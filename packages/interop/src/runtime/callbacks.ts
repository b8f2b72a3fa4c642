/** The functions of JavaScript that calls into Mojo hold, by number, and what they threw. */

interface Callback {
  readonly adapter: () => void;
  readonly raises: boolean;
}

export class Callbacks {
  private readonly known = new Map<number, Callback>();
  private nextId = 1;
  /** The last exception that became a Mojo error, with the text of that error. */
  private thrown: { readonly error: unknown; readonly text: string } | null = null;
  /** An exception for the caller of a function that cannot raise. */
  private pending: { readonly error: unknown } | null = null;

  add(adapter: () => void, raises: boolean): number {
    const id = this.nextId++;
    this.known.set(id, { adapter, raises });
    return id;
  }

  remove(id: number): void {
    this.known.delete(id);
  }

  /** Calls one; the text of the error to raise, or null. What may not be raised is thrown (`unwinds`) or kept for `takePending`. */
  call(id: number, unwinds: boolean): string | null {
    const callback = this.known.get(id);
    if (callback === undefined) throw new Error(`there is no callback ${id}`);
    try {
      callback.adapter();
      return null;
    } catch (error) {
      if (callback.raises) {
        const text = String(error);
        this.thrown = { error, text };
        return text;
      }
      if (unwinds) throw error;
      this.pending ??= { error };
      return '';
    }
  }

  /** The exception that a Mojo error of that text was. */
  takeThrown(text: string): { readonly error: unknown } | null {
    const { thrown } = this;
    this.thrown = null;
    return thrown?.text === text ? thrown : null;
  }

  takePending(): { readonly error: unknown } | null {
    const { pending } = this;
    this.pending = null;
    return pending;
  }
}
