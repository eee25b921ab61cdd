/**
 * MCP servers: whose tools a Centurion may use, and which of them. Keeps how a server is reached; speaks
 * with none.
 */
package io.centurions.backoffice.mcp;
