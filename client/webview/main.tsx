import { render } from 'preact';
import { connectHost } from './host.ts';
import './panel.css';
import { Panel } from './view/panel.tsx';

const root = document.getElementById('root');
if (root !== null) render(<Panel host={connectHost()} workerUrl={root.dataset['worker'] ?? ''} />, root);
