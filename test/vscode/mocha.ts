import 'mocha/mocha.js';

// Mocha's browser build runs in both extension hosts: it needs neither Node nor a document, only an address to look for
// options in, which Node lacks.
if (!('location' in globalThis)) Object.assign(globalThis, { location: { search: '' } });
// The run's own events are all that we read, so it reports nowhere.
mocha.setup({ ui: 'tdd', timeout: 60_000, slow: 60_000, reporter: Mocha.reporters.Base });

export const loaded: Mocha = mocha as object as Mocha;
