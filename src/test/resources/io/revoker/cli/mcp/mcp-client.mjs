// Revokes the tokens of a user by the tools of a server: node mcp-client.mjs REALM USER COMMAND...
import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {StdioClientTransport} from '@modelcontextprotocol/sdk/client/stdio.js';

const [realm, user, command, ...args] = process.argv.slice(2);
const client = new Client({name: 'test', version: '1'});
await client.connect(new StdioClientTransport({command, args, env: process.env, stderr: 'ignore'}));
const {tools} = await client.listTools();
const preview = await client.callTool({
  name: 'preview_revocation',
  arguments: {target: {realm_name: realm, username: user}},
});
const {approval, invalidated_tokens: counted} = preview.structuredContent;
const done = await client.callTool({name: 'revoke', arguments: {approval}});
await client.close();
console.log(JSON.stringify({tools: tools.length, counted, invalidated: done.structuredContent.invalidated_tokens}));
