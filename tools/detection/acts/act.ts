/** What can be done on one platform against pumping (`acts/<platform>.yml`). */
export interface ActFile {
  platform: string;
  title: string;
  acts: Act[];
  claim: MoneyBack;
}

/** One act, as `acts.schema.json` describes it. It has `console`, `call` or both. */
export interface Act {
  /** `<platform>.<name>`, by which rules and queries name it. */
  id: string;
  title: string;
  when: string;
  console?: string;
  call?: string;
  undo: string;
  cost: string;
  reference: string;
  evidence: 'documented' | 'unverified';
}

/** How money is claimed back; `none`: the vendor documents no way. */
export interface MoneyBack {
  evidence: 'documented' | 'none';
  how: string;
  reference?: string;
}

/** The platform of an act, by its id. */
export function platformOf(id: string): string {
  return id.split('.')[0]!;
}

/** The acts of all files by their ids, in the order of the files. */
export function actsById(files: readonly ActFile[]): Map<string, Act> {
  return new Map(files.flatMap(({ acts }) => acts.map((act) => [act.id, act])));
}
