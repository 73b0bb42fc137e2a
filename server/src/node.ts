import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './connection.ts';
import { listFiles } from './list-files.ts';
import { readApiDocs, readFile } from './read-file.ts';

/**
 * Starts the language server in Node on the transport that the arguments name: `--stdio`, `--node-ipc`, `--socket=PORT`
 * or `--pipe=NAME`. Importing this file starts it.
 */
const connection = createConnection(ProposedFeatures.all);
serve(connection, { readFile, readApiDocs, listFiles });
connection.listen();
