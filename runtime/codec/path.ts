/** Where in a state a codec is: kept by reader and writer while one vmsd is inside another, and read only when an error is made. */
export class Path {
  private root = "";
  private readonly names: string[] = [];
  private readonly indexes: number[] = [];
  private depth = 0;

  /** Steps from a vmsd into one of its fields, or into one element of it; -1 is no element. */
  enter(vmsd: string, field: string, index: number): void {
    if (this.depth === 0) this.root = vmsd;
    this.names[this.depth] = field;
    this.indexes[this.depth++] = index;
  }

  leave(): void {
    this.depth--;
  }

  /** To be called before a reader or writer is used again after an error. */
  clear(): void {
    this.depth = 0;
  }

  /** `serial.ring[3].addr`: the outermost vmsd or subsection, then fields down to one of the innermost, or to that itself for "". */
  to(vmsd: string, field: string): string {
    const steps = this.names.slice(0, this.depth).map((name, at) => ((this.indexes[at] ?? -1) < 0 ? name : `${name}[${this.indexes[at]}]`));
    return [this.depth === 0 ? vmsd : this.root, ...steps, field].filter((step) => step !== "").join(".");
  }
}
