import type { CampaignCourse, NearnessPicture, UnitPicture } from './picture';
import type { AlertSpan } from './spans';
import { packOutcomes, type PackOutcome, type PackUnit } from './totals';
import type { UnitResult } from './unit';

/** What pictures of a replay show beside its report. */
export interface ReplayPicture {
  worlds: WorldPicture[];
  /** Id of a detector → its pictures, in the order of the worlds. */
  detectors: ReadonlyMap<string, DetectorPicture[]>;
}

export interface WorldPicture extends Pick<UnitPicture, 'start' | 'hourly' | 'specials'> {
  world: string;
  days: number;
  campaigns: PicturedCampaign[];
}

/** A campaign as the content as a whole met it. */
export interface PicturedCampaign extends PackOutcome, Omit<CampaignCourse, 'number'> {}

export interface DetectorPicture extends NearnessPicture {
  world: string;
  /** Its alerts in ordinary traffic. */
  ordinary: AlertSpan[];
}

/** The picture of a replay, of units that have one and as they were judged for the report. */
export function replayPicture(units: UnitResult[], judged: PackUnit[]): ReplayPicture {
  const detectors = new Map<string, DetectorPicture[]>();
  for (const [index, { world, picture, detectors: all }] of units.entries()) {
    const own = all.map(({ detector }, place) => ({ detector, near: picture!.detectors[place]! }));
    for (const [place, { detector, near }] of own.filter(({ detector: { kind } }) => kind !== 'baseline').entries()) {
      const { ordinary } = judged[index]!.detectors[place]!.judgement;
      const pictures = detectors.get(detector.id) ?? [];
      detectors.set(detector.id, pictures);
      pictures.push({ world, ordinary: ordinary.spans, ...near });
    }
  }
  const worlds = units.map(({ world, days, picture }, index): WorldPicture => {
    const { start, hourly, campaigns, specials } = picture!;
    const course = new Map(campaigns.map((one) => [one.number, one]));
    return {
      ...{ world, days, start, hourly, specials },
      campaigns: packOutcomes(judged[index]!).map((outcome) => ({ ...outcome, ...course.get(outcome.occurrence)! })),
    };
  });
  return { worlds, detectors };
}
