import { describe, expect, it } from 'vitest';
import { RouteTable } from './route-table.ts';

function table(...routes: Array<[methods: string, path: string]>): RouteTable<string> {
  const made = new RouteTable<string>();
  for (const [methods, path] of routes)
    made.add({ path, methods: methods.split(','), value: `${methods} ${path}` });
  return made;
}

describe('RouteTable', () => {
  it('finds fixed paths before patterns, and more specific patterns first', () => {
    const routes = table(['GET', ':a/:b'], ['GET', 'orders/:id'], ['GET', 'orders/new'], ['GET', ':any']);
    expect(routes.find('GET', 'orders/new')).toEqual({ value: 'GET orders/new', params: {} });
    expect(routes.find('GET', 'orders/7')).toEqual({ value: 'GET orders/:id', params: { id: '7' } });
    expect(routes.find('GET', 'users/7')).toEqual({ value: 'GET :a/:b', params: { a: 'users', b: '7' } });
    expect(routes.find('GET', 'x')).toEqual({ value: 'GET :any', params: { any: 'x' } });
    expect(routes.find('GET', 'a/b/c')).toEqual({ value: undefined, allowed: null });
  });

  it('looks further where a path has other methods', () => {
    const routes = table(['POST', 'orders/new'], ['GET', 'orders/:id'], ['DELETE', 'orders/:key']);
    expect(routes.find('GET', 'orders/new')).toMatchObject({ value: 'GET orders/:id' });
    expect(routes.find('DELETE', 'orders/3')).toEqual({ value: 'DELETE orders/:key', params: { key: '3' } });
    expect(routes.find('PUT', 'orders/new')).toEqual({
      value: undefined,
      allowed: ['POST', 'GET', 'DELETE'],
    });
  });

  it('tells who sits at a place, whatever the parameters are called', () => {
    const routes = table(['GET,POST', 'a/:id']);
    expect(routes.occupant('POST', 'a/:key')).toBe('GET,POST a/:id');
    expect(routes.occupant('PUT', 'a/:id')).toBeUndefined();
    routes.removeWhere((value) => value.endsWith('a/:id'));
    expect(routes.find('GET', 'a/1')).toEqual({ value: undefined, allowed: null });
  });
});
