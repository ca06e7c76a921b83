import type { GroupEvent, HuntGroup } from './groups';
import type { TestedRow, RowTests } from './row-tests';
import { Tally } from './tally';
import { Timetable, type Moves } from './timetable';
import type { HuntQuery, HuntRun } from './types';

/** What one group gave in the runs `first` … `next - 1`: nothing of its windows changed between them. */
export interface SteadyRuns {
  first: number;
  next: number;
  /** With each setting of the parameters; null where the group had no row. */
  tests: TestedRow[] | null;
}

/** Events that came into the window at the start of a stretch; during the first they are all that the group's own hold in it. */
type TellStretch = (stretch: SteadyRuns, arrived: GroupEvent[], tally: Tally) => void;

/** One group with these events beside those that all branches have, in the runs `first` … `next - 1`. */
export interface Branch {
  events: GroupEvent[];
  first: number;
  next: number;
  visit: TellStretch;
}

/**
 * Follows one group through the runs, which are in the order of time. The measures are brought up to date only where an event comes
 * or goes: the cost grows with the events, not with the runs.
 */
export function sweep(query: HuntQuery, group: HuntGroup, runs: HuntRun[], tests: RowTests, visit: TellStretch): void {
  const whole: Branch = { events: [], first: 0, next: runs.length, visit };
  sweepBranches(new Timetable(query, runs), group.events, [whole], tests);
}

/**
 * The same for each of several branches of a group, in one pass over the events that they have in common: a branch costs what its
 * own events do, and its runs.
 */
export function sweepBranches(timetable: Timetable, common: GroupEvent[], branches: Branch[], tests: RowTests): void {
  const { query, runs } = timetable;
  const tally = new Tally(query);
  const moves = timetable.moves(common, 0, runs.length);
  const waiting = branches.filter(({ first, next }) => first < next).sort((a, b) => a.first - b.first);
  let open: OpenBranch[] = [];
  const following = (): number =>
    open.reduce(
      (least, branch) => Math.min(least, branch.following),
      Math.min(moves.run, waiting[0]?.first ?? Infinity),
    );
  for (let run = following(); run < runs.length;) {
    if (open.some(({ branch }) => branch.next <= run)) open = open.filter((one) => one.isOpenAt(run));
    while (waiting[0] !== undefined && waiting[0].first <= run)
      open.push(new OpenBranch(waiting.shift()!, timetable, tally));
    if (open.length === 0 && waiting.length === 0) return;
    const isCommon = moves.run === run;
    const arrived = moves.make(run, tally);
    // What another branch's events do is nothing to the others.
    const changing = isCommon ? open : open.filter((branch) => branch.changesAt(run));
    for (const branch of changing) branch.tell(run, moves.run, arrived, tests);
    run = following();
  }
}

/** A branch in its runs. */
class OpenBranch {
  private readonly moves: Moves;
  private readonly tally: Tally;

  constructor(
    readonly branch: Branch,
    private readonly timetable: Timetable,
    private readonly common: Tally,
  ) {
    const { events, first, next } = branch;
    this.moves = timetable.moves(events, first, next);
    this.tally = events.length === 0 ? common : common.branch();
  }

  /** The run at which it changes by itself, or ends. */
  get following(): number {
    return Math.min(this.moves.run, this.branch.next);
  }

  /** Whether it begins at a run, or its own events change it there. */
  changesAt(run: number): boolean {
    return run === this.branch.first || run === this.moves.run;
  }

  isOpenAt(run: number): boolean {
    if (run < this.branch.next) return true;
    this.common.forget(this.tally);
    return false;
  }

  /** Makes its own moves at a run, and tells of it until its next change, or the next of what is common. */
  tell(run: number, commonNext: number, common: GroupEvent[], tests: RowTests): void {
    const own = this.moves.make(run, this.tally);
    const next = Math.min(commonNext, this.following, this.timetable.runs.length);
    const measures = this.tally.measures();
    const arrived = own.length === 0 ? common : [...common, ...own];
    const stretch = { first: run, next, tests: measures && tests.of(measures) };
    this.branch.visit(stretch, arrived, this.tally);
  }
}
