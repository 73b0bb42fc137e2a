import { render } from 'preact';
import { connectHost } from './host.ts';
import './panel.css';
import { loadWorker } from './simulation.ts';
import { Panel } from './view/panel.tsx';

const root = document.getElementById('root');
if (root !== null) {
  const workerUrl = root.dataset['worker'] ?? '';
  // While the page is made and the host asks for the Job.
  loadWorker(workerUrl).catch(() => undefined);
  render(<Panel host={connectHost()} workerUrl={workerUrl} />, root);
}
