export { createAddressPolicy, type AddressPolicy, type AddressPolicyOptions } from './address-policy.ts';
export { createHttpClient, type ClosableHttpClient } from './create-http-client.ts';
