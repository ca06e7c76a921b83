import { HUNT_COMBINE, HUNT_INIT, HUNT_MAP, HUNT_REDUCE } from './hunt-scripts';
import { WINDOW_COMBINE, WINDOW_INIT, WINDOW_MAP, WINDOW_REDUCE } from './window-scripts';

const PARTS = {
  window: { init: WINDOW_INIT, map: WINDOW_MAP, combine: WINDOW_COMBINE, reduce: WINDOW_REDUCE },
  hunt: { init: HUNT_INIT, map: HUNT_MAP, combine: HUNT_COMBINE, reduce: HUNT_REDUCE },
};

/** The scripts that the monitors name, by their ids: each as `PUT _scripts/<id>` takes it. */
export const SCRIPTS: ReadonlyMap<string, object> = new Map(
  Object.entries(PARTS).flatMap(([kind, parts]) =>
    Object.entries(parts).map(([part, source]) => [idOf(kind, part), { script: { lang: 'painless', source } }]),
  ),
);

/** A `scripted_metric` of stored scripts. */
export function metricOf(kind: keyof typeof PARTS, params: object): object {
  const scripts = Object.keys(PARTS[kind]).map((part) => [`${part}_script`, { id: idOf(kind, part) }]);
  return { ...(Object.fromEntries(scripts) as object), params };
}

function idOf(kind: string, part: string): string {
  return `tollgate-${kind}-${part}`;
}
