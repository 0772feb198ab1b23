export { createConnections, type OpenConnections } from './create-connections.ts';
