import { existsSync } from 'node:fs';

/** Where Debian, Ubuntu and Chrome's own packages put it. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium of this machine; not everybody has one, and what needs it is then reported as skipped. */
export const chromium = process.env['CHROMIUM'] ?? PLACES.find((place) => existsSync(place));
