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
    const arrived = moves.make(run, tally);
    for (const branch of open) branch.move(run);
    const next = following();
    for (const branch of open) branch.tell(run, next, arrived, tests);
    run = next;
  }
}

/** A branch in its runs. */
class OpenBranch {
  private readonly moves: Moves;
  private readonly tally: Tally;
  private arrived: GroupEvent[] = [];

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

  isOpenAt(run: number): boolean {
    if (run < this.branch.next) return true;
    this.common.forget(this.tally);
    return false;
  }

  move(run: number): void {
    this.arrived = this.moves.make(run, this.tally);
  }

  tell(first: number, next: number, common: GroupEvent[], tests: RowTests): void {
    const measures = this.tally.measures();
    const arrived = this.arrived.length === 0 ? common : [...common, ...this.arrived];
    const stretch = {
      ...{ first, next: Math.min(next, this.timetable.runs.length) },
      tests: measures && tests.of(measures),
    };
    this.branch.visit(stretch, arrived, this.tally);
  }
}
