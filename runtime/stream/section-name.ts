/** Whether a section is meant by a name: its own, or that behind its device's place, as `e1000` of `0000:00:02.0/e1000`. */
export function isNamed(section: string, name: string): boolean {
  return section === name || section.endsWith(`/${name}`);
}
