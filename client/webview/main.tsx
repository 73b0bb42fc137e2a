import './translations.ts';
import { render } from 'preact';
import { connectHost } from './host.ts';
import './panel.css';
import { prepareWorker } from './simulation.ts';
import { Panel } from './view/panel.tsx';

const root = document.getElementById('root');
if (root !== null) {
  const host = connectHost();
  // It starts while the page is made.
  if (host.first.some(({ type }) => type === 'simulate')) prepareWorker();
  render(<Panel host={host} />, root);
}
